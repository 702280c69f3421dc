using System.Text;
using Petrel.Cel;

namespace Petrel.Api.Expressions;

/// <summary>Names of fields as expressions write them, where a name is no CEL identifier or is a word of the language.</summary>
public static class FieldIdentifiers
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    };

    /// <summary>The identifier of a field, e.g. <c>x__dash__y</c> for x-y; null when a field of that name cannot be written.</summary>
    public static string? Escape(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return null;
        }

        if (Reserved.Contains(name))
        {
            return $"__{name}__";
        }

        var output = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c == '_' && i + 1 < name.Length && name[i + 1] == '_')
            {
                output.Append("__underscores__");
                i++;
                continue;
            }

            var escaped = c switch
            {
                '.' => "__dot__",
                '-' => "__dash__",
                '/' => "__slash__",
                '_' => "_",
                _ when char.IsAsciiLetterOrDigit(c) => c.ToString(),
                _ => null,
            };
            if (escaped is null)
            {
                return null;
            }

            output.Append(escaped);
        }

        return output.ToString();
    }

    /// <summary>Whether a name stands for itself.</summary>
    public static bool IsPlain(string name) => CelEnvironment.IsIdentifier(name) && Escape(name) == name;
}
