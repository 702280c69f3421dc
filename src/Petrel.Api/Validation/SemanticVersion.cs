using System.Globalization;
using System.Text.RegularExpressions;

namespace Petrel.Api.Validation;

/// <summary>A version number by https://semver.org, 2.0.0.</summary>
internal sealed class SemanticVersion : IComparable<SemanticVersion>
{
    // Whoever writes the text must not be able to keep the server busy with it.
    private static readonly Regex Format = new(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:-(?<pre>(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.NonBacktracking);

    private readonly ulong[] _numbers;
    private readonly string[] _preRelease;

    private SemanticVersion(ulong[] numbers, string[] preRelease) => (_numbers, _preRelease) = (numbers, preRelease);

    public ulong Major => _numbers[0];

    public ulong Minor => _numbers[1];

    public ulong Patch => _numbers[2];

    /// <summary>Null for a text that is no such version.</summary>
    public static SemanticVersion? Parse(string text)
    {
        var match = Format.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var numbers = new ulong[3];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!ulong.TryParse(match.Groups[i + 1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return new SemanticVersion(numbers, match.Groups["pre"].Success ? match.Groups["pre"].Value.Split('.') : []);
    }

    /// <summary>By precedence: what comes after a plus sign does not count.</summary>
    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNumbers = _numbers.AsSpan().SequenceCompareTo(other._numbers);
        if (byNumbers != 0)
        {
            return byNumbers;
        }

        // A version that is not released yet comes before the one that is.
        if (_preRelease.Length == 0 || other._preRelease.Length == 0)
        {
            return other._preRelease.Length.CompareTo(_preRelease.Length);
        }

        var bothHave = Math.Min(_preRelease.Length, other._preRelease.Length);
        for (var i = 0; i < bothHave; i++)
        {
            var byPart = Compare(_preRelease[i], other._preRelease[i]);
            if (byPart != 0)
            {
                return byPart;
            }
        }

        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    // Numbers by value and before words, words by character.
    private static int Compare(string left, string right) => (left.All(char.IsAsciiDigit), right.All(char.IsAsciiDigit)) switch
    {
        (true, true) => left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(left, right),
    };
}
