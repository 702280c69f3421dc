using System.Text;
using Petrel.Api.Validation;

namespace Petrel.Api.Schema.GoDifferences;

/// <summary>Text that is laid out on one line where it fits, and on indented lines of its own where not.</summary>
internal abstract record GoLayout
{
    private const int LineMax = 80;

    /// <summary>The same on one line, as far as it can be.</summary>
    protected abstract GoLayout Compacted(Side side);

    protected abstract void Write(StringBuilder text, Side side, int depth);

    public static string Render(GoLayout layout)
    {
        var text = new StringBuilder();
        Indent(text, Side.Both, 0);
        layout.Compacted(Side.Both).Write(text, Side.Both, 0);
        return text.Append('\n').ToString();
    }

    /// <summary>A text as Go's source would hold it: raw where quotes would need escapes.</summary>
    public static string Quote(string text)
    {
        var quoted = GoSyntax.Quote(text);
        var isRaw = quoted.Length != text.Length + 2 && !text.Contains('`', StringComparison.Ordinal) && text.EnumerateRunes().All(GoSyntax.IsPrintable);
        return isRaw ? $"`{text}`" : quoted;
    }

    private static void Indent(StringBuilder text, Side side, int depth) =>
        text.Append(side switch { Side.Old => "- ", Side.New => "+ ", _ => "  " }).Append('\t', depth);

    private static Side Inside(Side outer, Side own) => own == Side.Both ? outer : own;

    internal sealed record Line(string Text) : GoLayout
    {
        protected override GoLayout Compacted(Side side) => this;

        protected override void Write(StringBuilder text, Side side, int depth) => text.Append(Text);
    }

    internal sealed record Wrapped(string Prefix, GoLayout Content, string Suffix) : GoLayout
    {
        protected override GoLayout Compacted(Side side) => Content.Compacted(side) is var content && content is Line line
            ? new Line(Prefix + line.Text + Suffix)
            : new Wrapped(Prefix, content, Suffix);

        protected override void Write(StringBuilder text, Side side, int depth)
        {
            text.Append(Prefix);
            Content.Write(text, side, depth);
            text.Append(Suffix);
        }
    }

    /// <param name="Key">Empty for elements of lists.</param>
    /// <param name="Value">Null for what is left out.</param>
    /// <param name="LeftOut">What is left out, in words.</param>
    internal sealed record Row(Side Side, string Key, GoLayout? Value, string LeftOut = "")
    {
        public bool IsLine => Value is null or Line;
    }

    internal sealed record Rows(IReadOnlyList<Row> List) : GoLayout
    {
        protected override GoLayout Compacted(Side side)
        {
            var rows = List.Select(row => row with { Value = row.Value?.Compacted(Inside(side, row.Side)) }).ToArray();
            var oneLine = string.Join(", ", rows.Select(static row => (row.Key.Length == 0 ? "" : row.Key + ": ") + ((row.Value as Line)?.Text ?? "...")));
            var fits = rows.All(static row => row.IsLine && row.Side == Side.Both && row.LeftOut.Length == 0) && (side == Side.Both || Encoding.UTF8.GetByteCount(oneLine) <= LineMax);
            return fits ? new Line(oneLine) : new Rows(rows);
        }

        protected override void Write(StringBuilder text, Side side, int depth)
        {
            if (List.All(static row => row is { Value: Line, Side: Side.Both, Key: "" }))
            {
                WriteBatches(text, side, depth + 1);
            }
            else
            {
                var padding = KeyPadding();
                for (var i = 0; i < List.Count; i++)
                {
                    WriteRow(List[i], padding[i], text, Inside(side, List[i].Side), depth + 1);
                }
            }

            text.Append('\n');
            Indent(text, side, depth);
        }

        private static void WriteRow(Row row, int padding, StringBuilder text, Side side, int depth)
        {
            text.Append('\n');
            Indent(text, side, depth);
            if (row.Value is null)
            {
                text.Append("...").Append(row.LeftOut.Length == 0 ? "" : " // " + row.LeftOut);
                return;
            }

            text.Append(row.Key).Append(row.Key.Length == 0 ? "" : ": ").Append(' ', padding);
            row.Value.Write(text, side, depth);
            text.Append(',');
        }

        // Short elements share lines.
        private void WriteBatches(StringBuilder text, Side side, int depth)
        {
            var batch = "";
            foreach (var row in List)
            {
                var line = ((Line)row.Value!).Text;
                if (batch.Length > 0 && batch.Length + line.Length + 2 > LineMax)
                {
                    text.Append('\n');
                    Indent(text, side, depth);
                    text.Append(batch.TrimEnd(' '));
                    batch = "";
                }

                batch += line + ", ";
            }

            text.Append('\n');
            Indent(text, side, depth);
            text.Append(batch.TrimEnd(' '));
        }

        // Values of rows that follow each other on one line each begin in one column.
        private int[] KeyPadding()
        {
            var padding = new int[List.Count];
            for (var start = 0; start < List.Count;)
            {
                var end = start;
                while (end < List.Count && List[end] is { Value: Line, Key.Length: > 0 })
                {
                    end++;
                }

                for (var i = start; i < end; i++)
                {
                    padding[i] = List.Skip(start).Take(end - start).Max(static row => row.Key.Length) - List[i].Key.Length;
                }

                start = end + 1;
            }

            return padding;
        }
    }
}
