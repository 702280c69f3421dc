using System.Text;
using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>The strings extension in version 2: charAt, indexOf, join, replace, split, substring, trim, format, quote, …</summary>
public static class StringsLibrary
{
    public static CelLibrary Instance { get; } = new(
        "strings",
        [
            new CelFunction("charAt", [Overloads.Binary<CelString, CelInt>(CelType.String, CelType.Int, CelType.String, CharAt).Method()]),
            Search("indexOf", IndexOf),
            Search("lastIndexOf", LastIndexOf),
            new CelFunction("join",
            [
                Joining(Overloads.Unary<CelList>(Overloads.Strings, CelType.String, static list => Join(list, ""))),
                Joining(Overloads.Binary<CelList, CelString>(Overloads.Strings, CelType.String, CelType.String, static (list, separator) => Join(list, separator.Value))),
            ]),
            Changed("lowerAscii", static text => text.ToLowerInvariantAscii()),
            Changed("upperAscii", static text => text.ToUpperInvariantAscii()),
            Changed("trim", static text => text.Trim(Space)),
            new CelFunction("replace",
            [
                Copying(new CelOverload([CelType.String, CelType.String, CelType.String], CelType.String, static values => Replace(values[0].Text(), values[1].Text(), values[2].Text(), -1))),
                Copying(new CelOverload([CelType.String, CelType.String, CelType.String, CelType.Int], CelType.String, static values => Replace(values[0].Text(), values[1].Text(), values[2].Text(), values[3].Whole()))),
            ]),
            new CelFunction("split",
            [
                Copying(new CelOverload([CelType.String, CelType.String], Overloads.Strings, static values => Split(values[0].Text(), values[1].Text(), -1))),
                Copying(new CelOverload([CelType.String, CelType.String, CelType.Int], Overloads.Strings, static values => Split(values[0].Text(), values[1].Text(), values[2].Whole()))),
            ]),
            new CelFunction("substring",
            [
                new CelOverload([CelType.String, CelType.Int], CelType.String, static values => Substring(values[0].Text(), values[1].Whole(), null)) { IsMethod = true }.CostingText(static size => new Bounds(0, size.Max)),
                new CelOverload([CelType.String, CelType.Int, CelType.Int], CelType.String, static values => Substring(values[0].Text(), values[1].Whole(), values[2].Whole())) { IsMethod = true }.CostingText(static size => new Bounds(0, size.Max)),
            ]),
            new CelFunction("format", [new CelOverload([CelType.String, CelType.List(CelType.Dyn)], CelType.String, static values => TextFormat.Format(values[0].Text(), (CelList)values[1])) { IsMethod = true }.CostingText()]),
            new CelFunction("strings.quote", [Overloads.Unary<CelString>(CelType.String, CelType.String, static text => CelValue.Of(TextFormat.Quote(text.Value))).CostingText()]),
        ]);

    private static readonly char[] Space = ['\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680', .. Enumerable.Range(0x2000, 11).Select(static code => (char)code), '\u2028', '\u2029', '\u202F', '\u205F', '\u3000'];

    private static string ToLowerInvariantAscii(this string text) => string.Create(text.Length, text, static (output, source) =>
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });

    private static string ToUpperInvariantAscii(this string text) => string.Create(text.Length, text, static (output, source) =>
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = char.IsAsciiLetterLower(source[i]) ? (char)(source[i] & ~0x20) : source[i];
        }
    });

    private static CelFunction Changed(string name, Func<string, string> change) =>
        new(name, [Overloads.Unary<CelString>(CelType.String, CelType.String, text => CelValue.Of(change(text.Value))).Method().CostingText(static size => size)]);

    private static CelOverload Copying(CelOverload overload) =>
        overload.Method().Costing(static values => CostRules.Text(values[0], 2), CostRules.CopyEstimate);

    // Costs going through the result twice, whose size follows from the list.
    private static CelOverload Joining(CelOverload overload) => overload.Method().Costing(
        static values => (long)Math.Ceiling(JoinedSize((CelList)values[0], values.Count == 2 ? values[1].Size : 0) * 2 * CostRules.TextFactor),
        static operands =>
        {
            var separators = operands.Count == 2 ? operands[1].Size * new Bounds(operands[0].Size.Min == 0 ? 0 : operands[0].Size.Min - 1, operands[0].Size.Max == 0 ? 0 : operands[0].Size.Max - 1) : default;
            var size = (operands[0].ElementSize * operands[0].Size) + separators;
            return new CallEstimate(size * (2 * CostRules.TextFactor), size);
        });

    private static long JoinedSize(CelList list, long separator)
    {
        long size = 0;
        for (var i = 0; i < list.Count; i++)
        {
            size += list[i].Size + (i > 0 ? separator : 0);
        }

        return size;
    }

    private static CelError OutOfRange(long index) => CelError.Because(FormattableString.Invariant($"index out of range: {index}"));

    private static CelValue CharAt(CelString text, CelInt index)
    {
        if (index.Value < 0 || index.Value > text.Size)
        {
            return OutOfRange(index.Value);
        }

        var offset = CodePoints.Offset(text.Value, index.Value);
        return CelValue.Of(offset == text.Value.Length ? "" : text.Value.Substring(offset, CodePoints.Length(text.Value, offset)));
    }

    private static CelFunction Search(string name, Func<CelString, string, long?, CelValue> find) => new(
        name,
        [
            Overloads.Binary<CelString, CelString>(CelType.String, CelType.String, CelType.Int, (text, part) => find(text, part.Value, null)).Method().CostingText(static _ => Bounds.Exactly(1)),
            new CelOverload([CelType.String, CelType.String, CelType.Int], CelType.Int, values => find((CelString)values[0], values[1].Text(), values[2].Whole())) { IsMethod = true }.CostingText(static _ => Bounds.Exactly(1)),
        ]);

    private static CelValue IndexOf(CelString text, string part, long? from)
    {
        if (part.Length == 0)
        {
            return CelValue.Of(from ?? 0);
        }

        if (from is { } start && (start < 0 || start >= text.Size))
        {
            return from < 0 || from > text.Size ? OutOfRange(from.Value) : CelValue.Of(-1L);
        }

        var found = text.Value.IndexOf(part, CodePoints.Offset(text.Value, from ?? 0), StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1L : CodePoints.IndexAt(text.Value, found));
    }

    private static CelValue LastIndexOf(CelString text, string part, long? from)
    {
        if (part.Length == 0)
        {
            return CelValue.Of(from ?? text.Size);
        }

        if (from is { } last && (last < 0 || last >= text.Size))
        {
            return OutOfRange(last);
        }

        var end = from is { } limit ? Math.Min(text.Value.Length, CodePoints.Offset(text.Value, limit) + part.Length) : text.Value.Length;
        var found = text.Value.AsSpan(0, end).LastIndexOf(part, StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1L : CodePoints.IndexAt(text.Value, found));
    }

    private static CelValue Join(CelList list, string separator)
    {
        if (JoinedSize(list, separator.Length) > Weights.TextMax)
        {
            return Weights.TooLarge;
        }

        var output = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not CelString item)
            {
                return list[i] is CelError ? list[i] : CelError.NoSuchOverload;
            }

            output.Append(i > 0 ? separator : "").Append(item.Value);
        }

        return CelValue.Of(output.ToString());
    }

    private static CelValue Replace(string text, string old, string replacement, long count)
    {
        if (count == 0 || old == replacement)
        {
            return CelValue.Of(text);
        }

        var output = new StringBuilder();
        var (at, done) = (0, 0L);
        while ((count < 0 || done < count) && at <= text.Length)
        {
            var found = old.Length == 0 ? (done == 0 ? 0 : at < text.Length ? at + CodePoints.Length(text, at) : -1) : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            if (output.Length + replacement.Length > Weights.TextMax)
            {
                return Weights.TooLarge;
            }

            output.Append(text, at, found - at).Append(replacement);
            at = found + old.Length;
            done++;
        }

        return CelValue.Of(output.Append(text, at, text.Length - at).ToString());
    }

    private static CelArray Split(string text, string separator, long count)
    {
        if (count == 0)
        {
            return CelArray.Empty;
        }

        var parts = new List<CelValue>();
        var at = 0;
        while (count < 0 || parts.Count < count - 1)
        {
            var found = separator.Length == 0 ? (at < text.Length ? at + CodePoints.Length(text, at) : -1) : text.IndexOf(separator, at, StringComparison.Ordinal);
            if (found < 0 || (separator.Length == 0 && found >= text.Length))
            {
                break;
            }

            parts.Add(CelValue.Of(text[at..found]));
            at = found + separator.Length;
        }

        if (separator.Length > 0 || text.Length > 0)
        {
            parts.Add(CelValue.Of(text[at..]));
        }

        return new CelArray(parts);
    }

    private static CelValue Substring(string text, long start, long? end)
    {
        long size = CodePoints.Count(text);
        if (start < 0 || start > size)
        {
            return OutOfRange(start);
        }

        if (end is { } last && (last < 0 || last > size))
        {
            return OutOfRange(last);
        }

        if (end < start)
        {
            return CelError.Because(FormattableString.Invariant($"invalid substring range. start: {start}, end: {end}"));
        }

        var from = CodePoints.Offset(text, start);
        return CelValue.Of(end is { } to ? text[from..CodePoints.Offset(text, to)] : text[from..]);
    }
}
