using System.Globalization;
using System.Text;
using Petrel.Api.Meta;

namespace Petrel.Api.Validation;

/// <summary>
/// Values as upstream's error messages show those that are neither text nor number: in Go's own syntax (format verb %#v).
/// </summary>
public static class GoSyntax
{
    public static string Quote(string text) => FieldErrors.Quote(text);

    public static Verbatim Strings(ApiList<string> list, string type = "string") =>
        new(list.IsNil ? $"[]{type}(nil)" : $"[]{type}{{{string.Join(", ", list.Select(Quote))}}}");

    public static Verbatim Bytes(Binary bytes) => new(
        bytes.IsNil ? "[]byte(nil)" : $"[]byte{{{string.Join(", ", bytes.Memory.ToArray().Select(static value => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}")))}}}");

    public static Verbatim Map(ApiMap<string> map) => new(
        map.IsNil ? "map[string]string(nil)" : $"map[string]string{{{string.Join(", ", map.Select(static entry => $"{Quote(entry.Key)}:{Quote(entry.Value)}"))}}}");

    public static Verbatim IntOrString(IntOrString value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"intstr.IntOrString{{Type:{(value.IsString ? 1 : 0)}, IntVal:{value.Number}, StrVal:{Quote(value.Text)}}}"));

    public static Verbatim LabelSelector(LabelSelector selector)
    {
        var expressions = selector.MatchExpressions.Select(static expression =>
            $"v1.LabelSelectorRequirement{{Key:{Quote(expression.Key)}, Operator:{Quote(expression.Operator)}, Values:{Strings(expression.Values)}}}");
        var list = selector.MatchExpressions.IsNil ? "[]v1.LabelSelectorRequirement(nil)" : $"[]v1.LabelSelectorRequirement{{{string.Join(", ", expressions)}}}";
        return new($"v1.LabelSelector{{MatchLabels:{Map(selector.MatchLabels)}, MatchExpressions:{list}}}");
    }

    /// <summary>A selector that may be missing.</summary>
    public static Verbatim LabelSelectorOrNull(LabelSelector? selector) => selector is null ? new("\"null\"") : LabelSelector(selector);

    /// <summary>A quantity by the parts upstream keeps: number and decimal scale, and the text where that was kept as written.</summary>
    public static Verbatim Quantity(Quantity quantity) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"resource.Quantity{{i:resource.int64Amount{{value:{quantity.Amount.Unscaled}, scale:{quantity.Amount.Scale}}}, d:resource.infDecAmount{{Dec:(*inf.Dec)(nil)}}, s:{Quote(quantity.WrittenText)}, Format:{Quote(quantity.Format.ToString())}}}"));

    /// <summary>Amounts by resource name.</summary>
    public static Verbatim Amounts(ApiMap<Quantity> amounts) => new(
        amounts.IsNil ? "core.ResourceList(nil)" : $"core.ResourceList{{{string.Join(", ", amounts.Select(static amount => $"{Quote(amount.Key)}:{Quantity(amount.Value)}"))}}}");

    /// <summary>A pointer: upstream prints where it points, which no client can rely on.</summary>
    public static string Pointer(string type, object? value) => value is null ? $"(*{type})(nil)" : $"(*{type})(0xc000000000)";

    /// <summary>Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    public static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>A time as Go's String method prints it.</summary>
    public static Verbatim Time(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        var fraction = utc.ToString("fffffff", CultureInfo.InvariantCulture).TrimEnd('0');
        var text = utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new($"{text}{(fraction.Length == 0 ? "" : "." + fraction)} +0000 UTC");
    }
}
