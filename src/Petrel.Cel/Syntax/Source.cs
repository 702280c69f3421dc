using System.Globalization;
using System.Text;

namespace Petrel.Cel.Syntax;

/// <summary>The text of an expression, and errors that point into it.</summary>
internal sealed class Source(string text)
{
    private readonly List<(int Position, string Message)> _errors = [];

    public string Text { get; } = text;

    public bool HasErrors => _errors.Count > 0;

    public void Report(int position, string message)
    {
        if (!_errors.Contains((position, message)))
        {
            _errors.Add((position, message));
        }
    }

    /// <summary>All errors in the order of their places, each with its line and a mark below it.</summary>
    public string Describe() => string.Join("\n", _errors.OrderBy(static error => error.Position).Select(Describe));

    private string Describe((int Position, string Message) error)
    {
        var position = Math.Min(error.Position, Text.Length);
        var start = position == 0 ? 0 : Text.LastIndexOf('\n', position - 1) + 1;
        var end = Text.IndexOf('\n', position);
        var line = Text[start..(end < 0 ? Text.Length : end)];
        var number = Text.AsSpan(0, start).Count('\n') + 1;
        var mark = new StringBuilder();
        var column = 1;
        foreach (var rune in line.EnumerateRunes())
        {
            if (start + Length(line, column - 1) >= position)
            {
                break;
            }

            // Wide signs stay below what is more than one byte.
            mark.Append(rune.Utf8SequenceLength > 1 ? '．' : '.');
            column++;
        }

        var marked = start + Length(line, column - 1) - start;
        mark.Append(marked < line.Length && line[marked] > 0x7F ? '＾' : '^');
        return string.Create(CultureInfo.InvariantCulture, $"ERROR: <input>:{number}:{column}: {error.Message}\n | {line.Replace('\t', ' ')}\n | {mark}");
    }

    // Chars of the first code points of a line.
    private static int Length(string line, int codePoints) => Values.CodePoints.Offset(line, codePoints);
}
