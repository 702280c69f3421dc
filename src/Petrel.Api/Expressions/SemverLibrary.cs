using System.Text;
using Petrel.Api.Validation;
using Petrel.Cel;
using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Api.Expressions;

/// <summary>
/// Versions by semver.org: semver('1.2.3'), isSemver(), their numbers and how they compare. With <c>true</c> as a second argument
/// the text may be written as people do: <c>v1.2</c>, <c>01.2</c>.
/// </summary>
public static class SemverLibrary
{
    private static readonly CelType SemverType = CelType.Opaque("kubernetes.Semver");

    public static CelLibrary Instance { get; } = new(
        "semver",
        [
            new CelFunction("semver",
            [
                OfText([CelType.String], SemverType, Read),
                OfText([CelType.String, CelType.Bool], SemverType, Read),
            ]),
            new CelFunction("isSemver",
            [
                OfText([CelType.String], CelType.Bool, static values => CelValue.Of(Read(values) is SemverValue)),
                OfText([CelType.String, CelType.Bool], CelType.Bool, static values => CelValue.Of(Read(values) is SemverValue)),
            ]),
            Method("major", static version => version.Major),
            Method("minor", static version => version.Minor),
            Method("patch", static version => version.Patch),
            new CelFunction("isLessThan", [Comparison(CelType.Bool, static order => CelValue.Of(order < 0))]),
            new CelFunction("isGreaterThan", [Comparison(CelType.Bool, static order => CelValue.Of(order > 0))]),
            new CelFunction("compareTo", [Comparison(CelType.Int, static order => CelValue.Of((long)order))]),
        ])
    {
        Types = [SemverType],
    };

    private static CelValue Read(IReadOnlyList<CelValue> values)
    {
        var text = ((CelString)values[0]).Value;
        var version = SemanticVersion.Parse(values.Count > 1 && ((CelBool)values[1]).Value ? Normalized(text) : text);
        return version is null ? CelError.Because($"invalid semantic version: {text}") : new SemverValue(version);
    }

    // Without a v before it, with all three numbers, and these without zeros before them.
    private static string Normalized(string text)
    {
        text = text.StartsWith('v') ? text[1..] : text;
        var parts = text.Split('.', 3).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            var digits = parts[i].Length - parts[i].AsSpan().TrimStart("0123456789").Length;
            var number = parts[i][..digits].TrimStart('0');
            parts[i] = (digits > 0 && number.Length == 0 ? "0" : number) + parts[i][digits..];
        }

        var rest = parts[^1].IndexOfAny(['-', '+']);
        if (parts.Count < 3 && rest >= 0)
        {
            // A short version has nothing behind its numbers.
            return text;
        }

        var normalized = new StringBuilder(string.Join('.', parts));
        for (var i = parts.Count; i < 3; i++)
        {
            normalized.Append(".0");
        }

        return normalized.ToString();
    }

    private static CelOverload OfText(IReadOnlyList<CelType> arguments, CelType result, Func<IReadOnlyList<CelValue>, CelValue> evaluate) => new(arguments, result, evaluate)
    {
        Cost = static values => CostRules.Text(values[0]),
        Estimate = static operands => new CallEstimate(operands[0].Size * CostRules.TextFactor),
    };

    private static CelFunction Method(string name, Func<SemanticVersion, ulong> number) =>
        new(name, [new CelOverload([SemverType], CelType.Int, values => CelValue.Of((long)number(((SemverValue)values[0]).Value))) { IsMethod = true }]);

    private static CelOverload Comparison(CelType result, Func<int, CelValue> judge) =>
        new([SemverType, SemverType], result, values => judge(((SemverValue)values[0]).Value.CompareTo(((SemverValue)values[1]).Value))) { IsMethod = true };

    private sealed class SemverValue(SemanticVersion value) : CelOpaque
    {
        public SemanticVersion Value { get; } = value;

        public override CelType Type => SemverType;

        public override bool EqualTo(CelValue other) => other is SemverValue version && version.Value.CompareTo(Value) == 0;
    }
}
