using System.Buffers.Text;
using System.Globalization;
using Petrel.Api.Validation;
using Petrel.Cel;
using Petrel.Cel.Costs;
using Petrel.Cel.Libraries;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Api.Expressions;

/// <summary>format.dns1123Label().validate(name) and the like: what is wrong with a text, or nothing.</summary>
public static class FormatLibrary
{
    private static readonly CelType FormatType = CelType.Opaque("kubernetes.NamedFormat");

    private static readonly NamedFormat[] Formats =
    [
        new("dns1123Label", static text => NameRules.DnsLabel(text, isPrefix: false)),
        new("dns1123Subdomain", static text => NameRules.DnsSubdomain(text, isPrefix: false)),
        new("dns1035Label", static text => NameRules.Dns1035Label(text, isPrefix: false)),
        new("qualifiedName", NameFormats.QualifiedName),
        new("dns1123LabelPrefix", static text => NameRules.DnsLabel(text, isPrefix: true)),
        new("dns1123SubdomainPrefix", static text => NameRules.DnsSubdomain(text, isPrefix: true)),
        new("dns1035LabelPrefix", static text => NameRules.Dns1035Label(text, isPrefix: true)),
        new("labelValue", NameFormats.LabelValue),
        new("uri", static text => Unless(UrlsLibrary.IsUrl(text), "invalid URI for request")),
        new("uuid", static text => Unless(Guid.TryParseExact(text, "D", out _) || Guid.TryParseExact(text, "N", out _), "does not match the UUID format")),
        new("byte", static text => Unless(Base64.IsValid(text), "invalid base64")),
        new("date", static text => Unless(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "invalid date")),
        new("datetime", static text => Unless(text.Contains('T', StringComparison.OrdinalIgnoreCase) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _), "invalid datetime")),
    ];

    public static CelLibrary Instance { get; } = new(
        "format",
        [
            .. Formats.Select(static format => new CelFunction("format." + format.Name, [new CelOverload([], FormatType, _ => format)])),
            new CelFunction("format.named",
            [
                new CelOverload([CelType.String], CelType.Optional(FormatType), static values => Array.Find(Formats, format => format.Name == ((CelString)values[0]).Value) is { } found ? CelOptional.Of(found) : CelOptional.None),
            ]),
            new CelFunction("validate",
            [
                new CelOverload([FormatType, CelType.String], CelType.Optional(CelType.List(CelType.String)), static values => Validate((NamedFormat)values[0], ((CelString)values[1]).Value))
                {
                    IsMethod = true,
                    Cost = static values => 1 + CostRules.Text(values[1]),
                    Estimate = static operands => new CallEstimate(Bounds.Exactly(1) + (operands[1].Size * CostRules.TextFactor)),
                },
            ]),
        ])
    {
        Types = [FormatType],
    };

    private static CelOptional Validate(NamedFormat format, string text)
    {
        CelValue[] problems = [.. format.Problems(text).Select(CelValue.Of)];
        return problems.Length == 0 ? CelOptional.None : CelOptional.Of(new CelArray(problems));
    }

    private static IEnumerable<string> Unless(bool isValid, string problem) => isValid ? [] : [problem];

    private sealed class NamedFormat(string name, Func<string, IEnumerable<string>> problems) : CelOpaque
    {
        public string Name { get; } = name;

        public Func<string, IEnumerable<string>> Problems { get; } = problems;

        public override CelType Type => FormatType;

        public override bool EqualTo(CelValue other) => ReferenceEquals(this, other);
    }
}
