using Petrel.Cel.Libraries;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Tests;

/// <summary>Evaluates expressions and shows what comes out.</summary>
internal static class Cel
{
    public static CelEnvironment Environment { get; } = new CelEnvironment(
        StandardLibrary.Instance, OptionalLibrary.Instance, StringsLibrary.Instance, ListsLibrary.Instance, RegexLibrary.Instance, SetsLibrary.Instance, JsonPatchLibrary.Instance)
        .WithVariable("d", CelType.Dyn)
        .WithVariable("s", CelType.String)
        .WithVariable("l", CelType.List(CelType.Int))
        .WithVariable("m", CelType.Map(CelType.String, CelType.Int));

    private static readonly CelBindings Bindings = new(
        ("d", CelDictionary.Of(("a", CelValue.Of(1L)), ("b", CelValue.Of("x")))),
        ("s", CelValue.Of("héLLo")),
        ("l", new CelArray([CelValue.Of(3L), CelValue.Of(1L), CelValue.Of(2L)])),
        ("m", CelDictionary.Of(("a", CelValue.Of(1L)))));

    public static CelResult Evaluate(string expression, long limit = 1_000_000)
    {
        var compilation = Environment.Compile(expression);
        Assert.True(compilation.Program is not null, compilation.Errors);
        return compilation.Program.Evaluate(Bindings, limit);
    }

    /// <summary>The result as text, or the error after "!".</summary>
    public static string Show(string expression)
    {
        var value = Evaluate(expression).Value;
        return value is CelError error ? "!" + error.Message : TextFormat.Format("%s", new CelArray([value])) is CelString text ? text.Value : value.Type.Name;
    }
}
