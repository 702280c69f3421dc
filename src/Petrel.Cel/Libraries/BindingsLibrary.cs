using Petrel.Cel.Syntax;

namespace Petrel.Cel.Libraries;

/// <summary><c>cel.bind(name, value, expression)</c> gives a value a name within an expression.</summary>
public static class BindingsLibrary
{
    public static CelLibrary Instance { get; } = new("bindings", []) { Macros = StandardMacros.Bindings };
}
