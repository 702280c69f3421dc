using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Petrel.Cel.Libraries;

/// <summary>Compiled patterns; expressions use the same few over and over.</summary>
public static class RegexCache
{
    private const int CountMax = 1000;

    private static readonly ConcurrentDictionary<string, CompiledRegex> Known = new(StringComparer.Ordinal);

    /// <summary>A pattern in RE2's syntax, compiled; what is wrong with it is told in the result.</summary>
    public static CompiledRegex Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var found))
        {
            return found;
        }

        if (Known.Count >= CountMax)
        {
            Known.Clear();
        }

        return Known[pattern] = Compile(pattern);
    }

    private static CompiledRegex Compile(string pattern)
    {
        var translation = new RegexTranslation(pattern).Translate();
        if (translation.Error is not null)
        {
            return new CompiledRegex(null, "error parsing regexp: " + translation.Error);
        }

        try
        {
            // Linear in the text, whatever the pattern.
            return new CompiledRegex(new Regex(translation.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (ArgumentException)
        {
            return new CompiledRegex(null, $"error parsing regexp: invalid syntax: `{pattern}`");
        }
        catch (NotSupportedException)
        {
            return new CompiledRegex(null, "error parsing regexp: expression nests or repeats too much");
        }
    }
}
