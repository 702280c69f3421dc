using System.Globalization;

namespace Petrel.Api;

/// <summary>A number or a string, as a port (80, "http") or a share (1, "25%"). The default value is the number 0.</summary>
public readonly struct IntOrString : IEquatable<IntOrString>
{
    private readonly string? _text;

    public IntOrString(int number) => Number = number;

    public IntOrString(string text) => _text = text;

    public bool IsString => _text is not null;

    /// <summary>The number; 0 for a string.</summary>
    public int Number { get; }

    /// <summary>The string; empty for a number.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>The number, or the number that the string spells; 0 when it spells none.</summary>
    public int ToInt32() => _text is null ? Number : ParseDigits(_text) ?? 0;

    /// <summary>
    /// The number itself, or the percentage of <paramref name="total"/> rounded as asked. False for a string that is no percentage.
    /// </summary>
    public bool TryScale(int total, bool roundUp, out int value)
    {
        value = Number;
        if (_text is null)
        {
            return true;
        }

        if (!_text.EndsWith('%') || ParseDigits(_text.AsSpan(0, _text.Length - 1)) is not { } percent)
        {
            return false;
        }

        var share = (double)percent * total / 100;
        value = (int)(roundUp ? Math.Ceiling(share) : Math.Floor(share));
        return true;
    }

    public bool Equals(IntOrString other) => Number == other.Number && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is IntOrString other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Number, _text);

    public override string ToString() => _text ?? Number.ToString(CultureInfo.InvariantCulture);

    public static implicit operator IntOrString(int number) => new(number);

    public static implicit operator IntOrString(string text) => new(text);

    public static bool operator ==(IntOrString left, IntOrString right) => left.Equals(right);

    public static bool operator !=(IntOrString left, IntOrString right) => !left.Equals(right);

    private static int? ParseDigits(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
