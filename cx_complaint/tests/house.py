"""What the structural tests read: the addon's files, models and views. No tests here."""

import ast
from functools import cache
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[1]
MODULE = ROOT.name


@cache
def python_files():
    """Every Python file of the addon by its path below the addon, parsed."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(ROOT.rglob("*.py"))
    }


@cache
def xml_files():
    """Every XML file that the addon loads by its path below the addon, parsed."""
    folders = ("views", "security", "data", "report", "wizard", "demo")
    return {
        path.relative_to(ROOT): etree.parse(path).getroot()
        for folder in folders for path in sorted((ROOT / folder).rglob("*.xml"))
    }


def own_models(env):
    """The registry's models of this addon, abstract and transient ones among them, by name."""
    return {name: env[name] for name in sorted(env.registry.models) if name.startswith("cx.")}


def stored_models(env):
    """Those of them that keep records."""
    return {name: model for name, model in own_models(env).items() if not model._abstract and not model._transient}


def models_with_verbs(env):
    """The models whose life is a table of verbs."""
    return {name: model for name, model in stored_models(env).items() if getattr(model, "_TRANSITIONS", None)}


def own_views(env, model, view_type):
    """The primary views of one type that this addon defines for a model, combined with what extends them."""
    views = env["ir.ui.view"].search([("model", "=", model), ("type", "=", view_type), ("mode", "=", "primary")])
    return {view.xml_id: view._get_combined_arch() for view in views if view.xml_id.startswith(f"{MODULE}.")}


def functions(tree):
    """Every function and method of a parsed file."""
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
