using System.Numerics;

namespace Petrel.Api;

/// <summary>An exact decimal number, <c>unscaled × 10^scale</c>. Almost all fit a long; the rest fall back to <see cref="BigInteger"/>.</summary>
internal readonly struct DecimalAmount : IComparable<DecimalAmount>
{
    private readonly long _small;

    // A boxed BigInteger where the unscaled number does not fit a long: rare, so the common value stays small.
    private readonly object? _big;

    public DecimalAmount(long unscaled, int scale)
    {
        _small = unscaled;
        Scale = scale;
    }

    public DecimalAmount(BigInteger unscaled, int scale)
    {
        Scale = scale;
        if (unscaled >= long.MinValue && unscaled <= long.MaxValue)
        {
            _small = (long)unscaled;
        }
        else
        {
            _big = unscaled;
        }
    }

    public int Scale { get; }

    public BigInteger Unscaled => _big is BigInteger big ? big : _small;

    public int Sign => _big is BigInteger big ? big.Sign : Math.Sign(_small);

    /// <summary>True when the unscaled number divides by eight.</summary>
    public bool IsMultipleOfEight => _big is BigInteger big ? (big & 7).IsZero : (_small & 7) == 0;

    public bool IsInt64
    {
        get
        {
            var reduced = WithoutTrailingZeros();
            return reduced.Scale is >= 0 and <= 18 && WholeAtScale(reduced, 0) is var whole && whole >= long.MinValue && whole <= long.MaxValue;
        }
    }

    public DecimalAmount Negate() => _big is null && _small != long.MinValue ? new(-_small, Scale) : new(-Unscaled, Scale);

    public DecimalAmount Add(DecimalAmount other)
    {
        if (Sign == 0)
        {
            return other;
        }

        if (other.Sign == 0)
        {
            return this;
        }

        if (Scale == other.Scale && _big is null && other._big is null)
        {
            var sum = unchecked(_small + other._small);
            if (((_small ^ sum) & (other._small ^ sum)) >= 0)
            {
                return new(sum, Scale);
            }
        }

        var scale = Math.Min(Scale, other.Scale);
        return new(WholeAtScale(this, scale) + WholeAtScale(other, scale), scale);
    }

    public DecimalAmount Multiply(long factor) =>
        _big is null && Math.BigMul(_small, factor, out var low) == low >> 63 ? new(low, Scale) : new(Unscaled * factor, Scale);

    /// <summary>Rounds away from zero to a multiple of 10^<paramref name="scale"/>.</summary>
    public DecimalAmount RoundUp(int scale) => Scale >= scale ? this : new(WholeAtScale(this, scale), scale);

    public long ToInt64(int scale)
    {
        if (_big is null)
        {
            if (Scale == scale)
            {
                return _small;
            }

            if (Scale > scale && Scale - scale <= 18 && Math.BigMul(_small, PowerOfTen(Scale - scale), out var low) == low >> 63)
            {
                return low;
            }
        }

        if (Sign != 0 && Scale - scale > 40)
        {
            return Sign < 0 ? long.MinValue : long.MaxValue;
        }

        var whole = WholeAtScale(this, scale);
        return whole > long.MaxValue ? long.MaxValue : whole < long.MinValue ? long.MinValue : (long)whole;
    }

    public double ToDouble() => Scale is 0 ? (double)Unscaled : double.Parse($"{Unscaled}E{Scale}", System.Globalization.CultureInfo.InvariantCulture);

    public int CompareTo(DecimalAmount other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        if (Scale == other.Scale && _big is null && other._big is null)
        {
            return _small.CompareTo(other._small);
        }

        var scale = Math.Min(Scale, other.Scale);
        return WholeAtScale(this, scale).CompareTo(WholeAtScale(other, scale));
    }

    /// <summary>The same number with the largest scale.</summary>
    public DecimalAmount WithoutTrailingZeros()
    {
        if (Sign == 0)
        {
            return default;
        }

        var scale = Scale;
        if (_big is null)
        {
            var small = _small;
            for (; small % 10 == 0; small /= 10)
            {
                scale++;
            }

            return new(small, scale);
        }

        var big = Unscaled;
        for (; (big % 10).IsZero; big /= 10)
        {
            scale++;
        }

        return new(big, scale);
    }

    public override int GetHashCode()
    {
        var reduced = WithoutTrailingZeros();
        return HashCode.Combine(reduced.Unscaled, reduced.Scale);
    }

    public override bool Equals(object? obj) => obj is DecimalAmount other && CompareTo(other) == 0;

    /// <summary>The number in units of 10^<paramref name="scale"/>, rounded away from zero where digits are lost.</summary>
    public static BigInteger WholeAtScale(DecimalAmount amount, int scale)
    {
        var shift = amount.Scale - scale;
        if (shift >= 0)
        {
            return amount.Unscaled * BigInteger.Pow(10, shift);
        }

        var quotient = BigInteger.DivRem(amount.Unscaled, BigInteger.Pow(10, -shift), out var remainder);
        return remainder.IsZero ? quotient : quotient + amount.Sign;
    }

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }
}
