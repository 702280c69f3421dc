using System.Text;

namespace Petrel.Node.Pods;

/// <summary>
/// <c>$(NAME)</c> in the commands and variables of containers. <c>$$</c> is a dollar sign, so <c>$$(NAME)</c> stays unexpanded;
/// a name without value stays as it is written (API field Container.command).
/// </summary>
public static class VariableExpansion
{
    /// <param name="missing">Is given the names without value.</param>
    public static string Expand(string text, IReadOnlyDictionary<string, string> values, ICollection<string>? missing = null)
    {
        var dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return text;
        }

        var expanded = new StringBuilder(text.Length).Append(text, 0, dollar);
        for (var i = dollar; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                expanded.Append(text[i]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case '$':
                    expanded.Append('$');
                    break;
                case '(' when text.IndexOf(')', i) is >= 0 and var end:
                    var name = text[(i + 1)..end];
                    if (values.TryGetValue(name, out var value))
                    {
                        expanded.Append(value);
                    }
                    else
                    {
                        expanded.Append("$(").Append(name).Append(')');
                        missing?.Add(name);
                    }

                    i = end;
                    break;
                default:
                    expanded.Append('$').Append(text[i]);
                    break;
            }
        }

        return expanded.ToString();
    }
}
