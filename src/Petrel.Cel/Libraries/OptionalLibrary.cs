using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>Optional values: their syntax, optional.of and the like, and their methods.</summary>
public static class OptionalLibrary
{
    private static readonly CelType OptionalA = CelType.Optional(Overloads.A);
    private static readonly CelType OptionalB = CelType.Optional(Overloads.B);

    public static CelLibrary Instance { get; } = new(
        "optional",
        [
            new CelFunction("optional.of", [Overloads.Unary<CelValue>(Overloads.A, OptionalA, static value => CelOptional.Of(value))]),
            new CelFunction("optional.none", [new CelOverload([], OptionalA, static _ => CelOptional.None)]),
            new CelFunction("optional.ofNonZeroValue", [Overloads.Unary<CelValue>(Overloads.A, OptionalA, static value => IsZero(value) ? CelOptional.None : CelOptional.Of(value))]),
            new CelFunction("value", [Overloads.Unary<CelOptional>(OptionalA, Overloads.A, static optional => optional.Value ?? CelError.Because("optional.none() dereference")).Method()]),
            new CelFunction("hasValue", [Overloads.Unary<CelOptional>(OptionalA, CelType.Bool, static optional => CelValue.Of(optional.Value is not null)).Method()]),
            new CelFunction("or", [Overloads.Binary<CelOptional, CelOptional>(OptionalA, OptionalA, OptionalA, static (first, second) => first.Value is null ? second : first).Method()]),
            new CelFunction("orValue", [Overloads.Binary<CelOptional, CelValue>(OptionalA, Overloads.A, Overloads.A, static (optional, value) => optional.Value ?? value).Method()]),
            new CelFunction(Operators.OptionalIndex,
            [
                new CelOverload([Overloads.ListOfA, CelType.Int], OptionalA, Planned),
                new CelOverload([CelType.Optional(Overloads.ListOfA), CelType.Int], OptionalA, Planned),
                new CelOverload([Overloads.MapOfAB, Overloads.A], OptionalB, Planned),
                new CelOverload([CelType.Optional(Overloads.MapOfAB), Overloads.A], OptionalB, Planned),
            ]),
            new CelFunction(Operators.Index,
            [
                new CelOverload([CelType.Optional(Overloads.ListOfA), CelType.Int], OptionalA, Planned),
                new CelOverload([CelType.Optional(Overloads.MapOfAB), Overloads.A], OptionalB, Planned),
            ]),
        ])
    {
        Macros = StandardMacros.Optional,
        HasOptionalSyntax = true,
    };

    private static CelValue Planned(IReadOnlyList<CelValue> values) => throw new InvalidOperationException("evaluated by a step of its own");

    private static bool IsZero(CelValue value) => value switch
    {
        CelNull => true,
        CelBool flag => !flag.Value,
        CelInt number => number.Value == 0,
        CelUint number => number.Value == 0,
        CelDouble number => number.Value == 0,
        CelDuration span => span.Nanoseconds == 0,
        CelTimestamp time => time.Seconds == CelTimestamp.MinSeconds && time.Nanoseconds == 0,
        CelString or CelBytes or CelList or CelMap => value.Size == 0,
        CelObject message => !message.FieldNames.Any(),
        CelOptional optional => optional.Value is null,
        _ => false,
    };
}
