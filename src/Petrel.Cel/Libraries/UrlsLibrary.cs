using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Kubernetes' url(), isURL() and the parts of an address.</summary>
public static class UrlsLibrary
{
    private static readonly CelType UrlType = CelType.Opaque("kubernetes.URL");

    public static CelLibrary Instance { get; } = new(
        "urls",
        [
            new CelFunction("url",
            [
                Overloads.Unary<CelString>(CelType.String, UrlType, static text =>
                    UrlText.Parse(text.Value, out var error) is { } url ? new UrlValue(url) : CelError.Because($"URL parse error during conversion from string: parse {TextFormat.Quote(text.Value)}: {error}")).CostingText(static size => size),
            ]),
            new CelFunction("isURL", [Overloads.Unary<CelString>(CelType.String, CelType.Bool, static text => CelValue.Of(UrlText.Parse(text.Value, out _) is not null)).CostingText()]),
            Part("getScheme", static url => url.Scheme),
            Part("getHost", static url => url.Host),
            Part("getHostname", static url => url.Hostname),
            Part("getPort", static url => url.Port),
            Part("getEscapedPath", static url => url.EscapedPath),
            new CelFunction("getQuery", [Overloads.Unary<UrlValue>(UrlType, CelType.Map(CelType.String, Overloads.Strings), static url => Query(url.Value.Query)).Method()]),
        ])
    {
        Types = [UrlType],
    };

    /// <summary>Whether the text is an absolute URL or an absolute path.</summary>
    public static bool IsUrl(string text) => UrlText.Parse(text, out _) is not null;

    private static CelFunction Part(string name, Func<UrlText, string> part) =>
        new(name, [Overloads.Unary<UrlValue>(UrlType, CelType.String, url => CelValue.Of(part(url.Value))).Method() with { Estimate = static operands => new CallEstimate(Bounds.Exactly(1), new Bounds(0, operands[0].Size.Max)) }]);

    // Parameters that cannot be decoded are left out.
    private static CelDictionary Query(string query)
    {
        var values = new Dictionary<string, List<CelValue>>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(static pair => !pair.Contains(';', StringComparison.Ordinal)))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (UrlText.Unescape(equals < 0 ? pair : pair[..equals], plusIsSpace: true) is { } key && UrlText.Unescape(equals < 0 ? "" : pair[(equals + 1)..], plusIsSpace: true) is { } value)
            {
                values.TryAdd(key, []);
                values[key].Add(CelValue.Of(value));
            }
        }

        return CelDictionary.Of([.. values.Select(static entry => (entry.Key, (CelValue)new CelArray(entry.Value)))]);
    }

    private sealed class UrlValue(UrlText value) : CelOpaque
    {
        public UrlText Value { get; } = value;

        public override CelType Type => UrlType;

        public override long Size => Value.Text.Length;

        public override bool EqualTo(CelValue other) => other is UrlValue url && url.Value.Text == Value.Text;
    }
}
