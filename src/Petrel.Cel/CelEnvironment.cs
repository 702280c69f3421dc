using Petrel.Cel.Checking;
using Petrel.Cel.Evaluation;
using Petrel.Cel.Syntax;
using Petrel.Cel.Types;

namespace Petrel.Cel;

/// <summary>
/// What expressions may refer to: libraries, variables with their types, and object types. Immutable and shared between threads;
/// environments that only differ in variables share the rest.
/// </summary>
public sealed class CelEnvironment
{
    private readonly IReadOnlyDictionary<string, CelType> _variables;
    private readonly IReadOnlyDictionary<string, CelType> _types;
    private readonly IReadOnlyDictionary<(string Name, bool IsMethod), IReadOnlyList<Macro>> _macros;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<CelOverload>> _functions;
    private readonly bool _hasOptionalSyntax;
    private readonly Func<string, CelType?>? _findType;

    public CelEnvironment(params IReadOnlyList<CelLibrary> libraries)
    {
        _variables = new Dictionary<string, CelType>(StringComparer.Ordinal);
        _types = libraries.SelectMany(static library => library.Types).ToDictionary(static type => type.Name, StringComparer.Ordinal);
        _macros = libraries.SelectMany(static library => library.Macros)
            .GroupBy(static macro => (macro.Name, macro.IsMethod))
            .ToDictionary(static group => group.Key, static group => (IReadOnlyList<Macro>)[.. group]);
        _functions = libraries.SelectMany(static library => library.Functions)
            .GroupBy(static function => function.Name, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => (IReadOnlyList<CelOverload>)[.. group.SelectMany(static function => function.Overloads)], StringComparer.Ordinal);
        _hasOptionalSyntax = libraries.Any(static library => library.HasOptionalSyntax);
    }

    private CelEnvironment(CelEnvironment other, IReadOnlyDictionary<string, CelType> variables, IReadOnlyDictionary<string, CelType> types)
    {
        (_macros, _functions, _hasOptionalSyntax) = (other._macros, other._functions, other._hasOptionalSyntax);
        (_variables, _types, _findType) = (variables, types, other._findType);
    }

    private CelEnvironment(CelEnvironment other, IReadOnlyDictionary<string, IReadOnlyList<CelOverload>> functions, Func<string, CelType?>? findType)
        : this(other, other._variables, other._types) => (_functions, _findType) = (functions, findType);

    /// <summary>The environment with the functions of one more library, none of which it has yet.</summary>
    public CelEnvironment With(CelLibrary library)
    {
        var all = new Dictionary<string, IReadOnlyList<CelOverload>>(_functions, StringComparer.Ordinal);
        foreach (var function in library.Functions)
        {
            all.Add(function.Name, function.Overloads);
        }

        return new(this, all, _findType);
    }

    /// <summary>The environment with one more variable, or with another type of one.</summary>
    public CelEnvironment WithVariable(string name, CelType type) =>
        new(this, new Dictionary<string, CelType>(_variables, StringComparer.Ordinal) { [name] = type }, _types);

    /// <summary>The environment with object types that expressions may make: <c>Object.spec{replicas: 1}</c>.</summary>
    public CelEnvironment WithTypes(params IReadOnlyList<CelType> types)
    {
        var all = new Dictionary<string, CelType>(_types, StringComparer.Ordinal);
        foreach (var type in types)
        {
            all[type.Name] = type;
        }

        return new(this, _variables, all);
    }

    /// <summary>The environment with object types that are looked up when an expression names one.</summary>
    /// <param name="findType">The type of a name; null when there is none.</param>
    public CelEnvironment WithTypes(Func<string, CelType?> findType) => new(this, _functions, findType);

    /// <summary>Reads and checks an expression. What is wrong with it is told in the result; nothing is thrown.</summary>
    public CelCompilation Compile(string expression)
    {
        var source = new Source(expression);
        if (Parser.Parse(source, _macros, _hasOptionalSyntax) is not { } root)
        {
            return new CelCompilation(null, source.Describe());
        }

        var checker = new Checker(source, this);
        checker.Check(root);
        if (!source.HasErrors)
        {
            LiteralChecks.Check(root, source);
        }

        return source.HasErrors
            ? new CelCompilation(null, source.Describe())
            : new CelCompilation(new CelProgram(root, Planner.Plan(root), checker.UsedVariables), "");
    }

    internal CelType? FindVariable(string name) => _variables.GetValueOrDefault(name);

    internal CelType? FindType(string name) => _types.GetValueOrDefault(name) ?? _findType?.Invoke(name);

    internal IReadOnlyList<CelOverload>? FindFunction(string name) => _functions.GetValueOrDefault(name);

    /// <summary>Whether a name can be a variable: letters, digits and underscores, and not a word of the language.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && name != "in" && !Parser.IsReserved(name);
}
