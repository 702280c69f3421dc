using System.Globalization;
using System.Text;
using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>int(), string() and the like, type() and dyn().</summary>
internal static class Conversions
{
    private static readonly CelError Overflow = CelError.Because("integer overflow");
    private static readonly CelError UintOverflow = CelError.Because("unsigned integer overflow");

    public static IReadOnlyList<CelFunction> Functions { get; } =
    [
        new("bool", [Same(CelType.Bool), Overloads.Unary<CelString>(CelType.String, CelType.Bool, ToBool)]),
        new("bytes",
        [
            Same(CelType.Bytes),
            Overloads.Unary<CelString>(CelType.String, CelType.Bytes, static text => new CelBytes(Encoding.UTF8.GetBytes(text.Value)))
                .CostingText(static size => new Bounds(size.Min, (size * Bounds.Exactly(4)).Max)),
        ]),
        new("double",
        [
            Same(CelType.Double),
            Overloads.Unary<CelInt>(CelType.Int, CelType.Double, static number => CelValue.Of((double)number.Value)),
            Overloads.Unary<CelUint>(CelType.Uint, CelType.Double, static number => CelValue.Of((double)number.Value)),
            Overloads.Unary<CelString>(CelType.String, CelType.Double, ToDouble),
        ]),
        new("duration",
        [
            Same(CelType.Duration),
            Overloads.Unary<CelInt>(CelType.Int, CelType.Duration, static number => new CelDuration(number.Value)),
            Overloads.Unary<CelString>(CelType.String, CelType.Duration, static text => TimeText.ParseDuration(text.Value) is { } span ? new CelDuration(span) : CelError.Conversion(text, CelType.Duration)),
        ]),
        new("timestamp",
        [
            Same(CelType.Timestamp),
            Overloads.Unary<CelInt>(CelType.Int, CelType.Timestamp, static number => CelTimestamp.TryCreate(number.Value, 0) is { } time ? time : CelError.Because("timestamp overflow")),
            Overloads.Unary<CelString>(CelType.String, CelType.Timestamp, static text => TimeText.Parse(text.Value) is { } time ? time : CelError.Conversion(text, CelType.Timestamp)),
        ]),
        new("int",
        [
            Same(CelType.Int),
            Overloads.Unary<CelUint>(CelType.Uint, CelType.Int, static number => number.Value > long.MaxValue ? Overflow : CelValue.Of((long)number.Value)),
            Overloads.Unary<CelDouble>(CelType.Double, CelType.Int, static number =>
                number.Value is > -9223372036854775808.0 and < 9223372036854775808.0 ? CelValue.Of((long)number.Value) : Overflow),
            Overloads.Unary<CelString>(CelType.String, CelType.Int, static text =>
                long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? CelValue.Of(number) : CelError.Conversion(text, CelType.Int)),
            Overloads.Unary<CelTimestamp>(CelType.Timestamp, CelType.Int, static time => CelValue.Of(time.Seconds)),
            Overloads.Unary<CelDuration>(CelType.Duration, CelType.Int, static duration => CelValue.Of(duration.Nanoseconds)),
        ]),
        new("uint",
        [
            Same(CelType.Uint),
            Overloads.Unary<CelInt>(CelType.Int, CelType.Uint, static number => number.Value < 0 ? UintOverflow : new CelUint((ulong)number.Value)),
            Overloads.Unary<CelDouble>(CelType.Double, CelType.Uint, static number => number.Value is >= 0 and < 18446744073709551616.0 ? new CelUint((ulong)number.Value) : UintOverflow),
            Overloads.Unary<CelString>(CelType.String, CelType.Uint, static text =>
                ulong.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new CelUint(number) : CelError.Conversion(text, CelType.Uint)),
        ]),
        new("string",
        [
            Same(CelType.String),
            .. new[] { CelType.Bool, CelType.Int, CelType.Uint, CelType.Double, CelType.Timestamp, CelType.Duration }.Select(static type =>
                Overloads.Unary<CelValue>(type, CelType.String, static value => CelValue.Of(ValueText.Plain(value)))),
            Overloads.Unary<CelBytes>(CelType.Bytes, CelType.String, static bytes => CodePoints.FromUtf8(bytes.Value.Span) is { } text ? CelValue.Of(text) : CelError.Because("invalid UTF-8 in bytes, cannot convert to string"))
                .CostingText(static size => new Bounds(size.Min / 4, size.Max)),
        ]),
        new("dyn", [new CelOverload([Overloads.A], CelType.Dyn, static values => values[0])]),
        new("type", [new CelOverload([Overloads.A], CelType.TypeOf(Overloads.A), static values => new CelTypeValue(values[0].Type))]),
    ];

    private static CelOverload Same(CelType type) => new([type], type, static values => values[0]);

    private static CelValue ToBool(CelString text) => text.Value switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => CelBool.True,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => CelBool.False,
        _ => CelError.Conversion(text, CelType.Bool),
    };

    private static CelValue ToDouble(CelString text) => text.Value.TrimStart('+', '-').ToLowerInvariant() switch
    {
        "inf" or "infinity" => CelValue.Of(text.Value.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity),
        "nan" => CelValue.Of(double.NaN),
        _ when double.TryParse(text.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => CelValue.Of(number),
        _ => CelError.Conversion(text, CelType.Double),
    };
}
