using System.Globalization;

namespace Petrel.Api.Schema.GoDifferences;

/// <summary>
/// What differs between two values, in the words of the report that upstream puts into its refusals of forbidden changes
/// (that of the Go module go-cmp): changed fields with - and +, two unchanged ones around them, the rest counted.
/// </summary>
public static class GoDifference
{
    private const int ContextRows = 2;

    // How much of a value is shown: fewer fields, elements and characters at each level down.
    private const int ContextDetail = 1;
    private const int ChangeDetail = 3;
    private const int MostDetail = 9;

    private static readonly GoLayout Nil = new GoLayout.Line("nil");

    /// <summary>The report on two values of the core group that differ; it ends with a line break.</summary>
    public static string Of<T>(T old, T value) where T : IApiType<T> => Of(GoValues.Of(old), GoValues.Of(value));

    /// <summary>The report on the sources of two persistent volumes, of which upstream keeps a struct of its own.</summary>
    internal static string OfSources<T>(T old, T value) where T : IApiType<T> => Of(GoValues.SourceOf(old), GoValues.SourceOf(value));

    private static string Of(GoValue old, GoValue value) => GoLayout.Render(Change(ComparedValue.Of(old, value), isTyped: true));

    private static GoLayout Change(ComparedValue compared, bool isTyped)
    {
        if (compared.Parts.Count == 0)
        {
            return new GoLayout.Rows(OldAndNew("", compared));
        }

        if (compared.Old is GoPointer)
        {
            return new GoLayout.Wrapped("&", Change(compared.Parts[0].Value, isTyped), "");
        }

        return Braces(TypeOf(compared.Old!), new GoLayout.Rows(ChangedRows(compared)), isTyped);
    }

    private static List<GoLayout.Row> ChangedRows(ComparedValue compared)
    {
        var rows = new List<GoLayout.Row>();
        var isStruct = compared.Old is GoStruct;
        for (var start = 0; start < compared.Parts.Count;)
        {
            var end = start;
            while (end < compared.Parts.Count && compared.Parts[end].Value.IsSame == compared.Parts[start].Value.IsSame)
            {
                end++;
            }

            var run = compared.Parts.Skip(start).Take(end - start).ToArray();
            if (run[0].Value.IsSame)
            {
                AddUnchanged(run, isFirst: start == 0, isLast: end == compared.Parts.Count, compared.Old!, rows);
            }
            else
            {
                foreach (var (key, part) in run)
                {
                    rows.AddRange(part.IsChain ? OldAndNew(key, part, isStruct) : [new GoLayout.Row(Side.Both, key, Change(part, isStruct))]);
                }
            }

            start = end;
        }

        return rows;
    }

    private static void AddUnchanged((string Key, ComparedValue Value)[] run, bool isFirst, bool isLast, GoValue parent, List<GoLayout.Row> rows)
    {
        var before = isFirst ? 0 : Math.Min(ContextRows, run.Length);
        var after = isLast ? 0 : Math.Min(ContextRows, run.Length - before);
        if (run.Length - before - after == 1)
        {
            after++; // one left out would take as much room
        }

        rows.AddRange(run[..before].Select(Unchanged));
        if (run.Length > before + after)
        {
            var name = parent switch { GoStruct => "fields", GoMap => "entries", _ => "elements" };
            rows.Add(new GoLayout.Row(Side.Both, "", null, string.Create(CultureInfo.InvariantCulture, $"{run.Length - before - after} identical {name}")));
        }

        rows.AddRange(run[^after..].Select(Unchanged));

        static GoLayout.Row Unchanged((string Key, ComparedValue Value) part) => new(Side.Both, part.Key, Context(part.Value.Value!));
    }

    // More is shown until the two look different.
    private static GoLayout.Row[] OldAndNew(string key, ComparedValue part, bool isTyped = false)
    {
        for (var detail = ChangeDetail; ; detail += 2)
        {
            GoLayout? Shown(GoValue? value) => value is null ? null : Whole(value, isTyped, detail, detail == ChangeDetail);
            var (old, value) = (Shown(part.Old), Shown(part.Value));
            if (old is null || value is null || detail >= MostDetail || GoLayout.Render(old) != GoLayout.Render(value))
            {
                return
                [
                    .. old is null ? (GoLayout.Row[])[] : [new(Side.Old, key, old)],
                    .. value is null ? (GoLayout.Row[])[] : [new(Side.New, key, value)],
                ];
            }
        }
    }

    // Unchanged, beside what changed: without types, each struct with its first few fields.
    private static GoLayout Context(GoValue value) => value switch
    {
        GoPointer { Target: { } target } => new GoLayout.Wrapped("&", Context(target), ""),
        GoStruct { IsWhole: false } or GoSlice { Items: not null } or GoMap { Entries: not null } =>
            Braces("", Limited(PartsOf(value), ContextDetail, Context), isTyped: false),
        _ => Whole(value, isTyped: false, ContextDetail, isDescribed: true, isContext: true),
    };

    private static GoLayout Whole(GoValue value, bool isTyped, int detail, bool isDescribed, bool isContext = false)
    {
        switch (value)
        {
            case GoScalar scalar:
                return new GoLayout.Line(scalar.IsText ? Cut(scalar.Text, detail) : scalar.Text);
            case GoPointer { Target: null } or GoSlice { Items: null } or GoMap { Entries: null }:
                return Nil;
            case GoPointer { Description: { } description } when isDescribed:
                return new GoLayout.Line("s" + Cut(description, detail));
            case GoPointer pointer:
                return new GoLayout.Wrapped("&", Whole(pointer.Target!, isTyped, detail, isDescribed, isContext), "");
            default:
                var rows = Limited(PartsOf(value), detail, part => Whole(part, value is GoStruct && !isContext, Math.Max(detail - 1, 0), isDescribed, isContext));
                return Braces(TypeOf(value), rows, isTyped);
        }
    }

    private static GoLayout.Rows Limited(IReadOnlyList<(string Key, GoValue Value)> parts, int detail, Func<GoValue, GoLayout> show)
    {
        var max = ((1 << detail) >> 1) << 2;
        var shown = parts.Take(max).Select(part => new GoLayout.Row(Side.Both, part.Key, show(part.Value)));
        return new GoLayout.Rows([.. shown, .. parts.Count > max ? (GoLayout.Row[])[new(Side.Both, "", null)] : []]);
    }

    // Structs are shown without the fields that are not set.
    private static IReadOnlyList<(string Key, GoValue Value)> PartsOf(GoValue value) => value switch
    {
        GoStruct structure => [.. structure.Fields.Where(static field => !field.Value.IsZero)],
        GoMap map => map.Entries!,
        GoSlice slice => [.. slice.Items!.Select(static item => ("", item))],
        _ => throw new ArgumentException("neither struct, map nor slice", nameof(value)),
    };

    private static GoLayout.Wrapped Braces(string type, GoLayout rows, bool isTyped) => new((isTyped ? type : "") + "{", rows, "}");

    private static string TypeOf(GoValue value) => value switch
    {
        GoStruct structure => structure.Type,
        GoMap map => map.Type,
        GoSlice slice => slice.Type,
        _ => "",
    };

    private static string Cut(string text, int detail)
    {
        var max = (1 << detail) << 5;
        return text.Length > max + 3 ? GoLayout.Quote(text[..max]) + "..." : GoLayout.Quote(text);
    }
}
