using System.Text;

namespace Petrel.Api.Yaml;

/// <summary>Collects YAML text and knows the column it stands in.</summary>
internal sealed class YamlOutput
{
    private readonly StringBuilder _text = new();

    /// <summary>Characters on the current line so far.</summary>
    public int Column { get; private set; }

    public void Append(string text)
    {
        _text.Append(text);
        Column += text.Length;
    }

    public void Append(Rune rune)
    {
        _text.Append(rune.ToString());
        Column++;
    }

    /// <summary>A blank between an indicator and what follows it on the line.</summary>
    public void Separate()
    {
        if (Column > 0)
        {
            Append(" ");
        }
    }

    public void NewLine(int indent)
    {
        _text.Append('\n').Append(' ', indent);
        Column = indent;
    }

    /// <summary>The text, its last line ended.</summary>
    public string Finish() => _text.Append('\n').ToString();
}
