using Petrel.Cel.Values;

namespace Petrel.Cel.Syntax;

/// <summary>has and the macros over lists and maps, with one variable and with two, and those over optional values.</summary>
internal static class StandardMacros
{
    private const string Accumulator = "@result";

    public static IReadOnlyList<Macro> List { get; } =
    [
        new("has", false, 1, static (position, _, arguments) => arguments[0] is Selection { IsTest: false } selection
            ? new Selection(position, selection.Operand, selection.Field, isTest: true)
            : throw new MacroException(arguments[0].Position, "invalid argument to has() macro")),
        new("all", true, 2, static (position, target, arguments) => All(position, target!, arguments, 1)),
        new("all", true, 3, static (position, target, arguments) => All(position, target!, arguments, 2)),
        new("exists", true, 2, static (position, target, arguments) => Exists(position, target!, arguments, 1)),
        new("exists", true, 3, static (position, target, arguments) => Exists(position, target!, arguments, 2)),
        new("exists_one", true, 2, static (position, target, arguments) => ExistsOne(position, target!, arguments, 1)),
        new("existsOne", true, 2, static (position, target, arguments) => ExistsOne(position, target!, arguments, 1)),
        new("existsOne", true, 3, static (position, target, arguments) => ExistsOne(position, target!, arguments, 2)),
        new("map", true, 2, static (position, target, arguments) => ToList(position, target!, arguments, 1, null, arguments[1])),
        new("map", true, 3, static (position, target, arguments) => ToList(position, target!, arguments, 1, arguments[1], arguments[2])),
        new("filter", true, 2, static (position, target, arguments) => ToList(position, target!, arguments, 1, arguments[1], arguments[0])),
        new("transformList", true, 3, static (position, target, arguments) => ToList(position, target!, arguments, 2, null, arguments[2])),
        new("transformList", true, 4, static (position, target, arguments) => ToList(position, target!, arguments, 2, arguments[2], arguments[3])),
        new("transformMap", true, 3, static (position, target, arguments) => ToMap(position, target!, arguments, null, Keyed(position, arguments, arguments[2]))),
        new("transformMap", true, 4, static (position, target, arguments) => ToMap(position, target!, arguments, arguments[2], Keyed(position, arguments, arguments[3]))),
        new("transformMapEntry", true, 3, static (position, target, arguments) => ToMap(position, target!, arguments, null, [arguments[2]])),
        new("transformMapEntry", true, 4, static (position, target, arguments) => ToMap(position, target!, arguments, arguments[2], [arguments[3]])),
    ];

    public static IReadOnlyList<Macro> Optional { get; } =
    [
        new("optMap", true, 2, static (position, target, arguments) => OptionalMap(position, target!, arguments, isFlat: false)),
        new("optFlatMap", true, 2, static (position, target, arguments) => OptionalMap(position, target!, arguments, isFlat: true)),
    ];

    public static IReadOnlyList<Macro> Bindings { get; } =
    [
        new("bind", true, 3, static (position, target, arguments) => target is Identifier { Name: "cel" } ? Bind(position, arguments) : null),
    ];

    // A fold over nothing that names the value.
    private static Comprehension Bind(int position, IReadOnlyList<Expression> arguments)
    {
        var name = arguments[0] is Identifier variable && !variable.Name.StartsWith('.')
            ? variable.Name
            : throw new MacroException(arguments[0].Position, "cel.bind() variable names must be simple identifiers");
        return new Comprehension(position, new ListLiteral(position, [], new HashSet<int>()), "#unused", null, name)
        {
            Start = arguments[1],
            Condition = new Constant(position, CelBool.False),
            Step = new Identifier(position, name),
            Result = arguments[2],
        };
    }

    private static Comprehension All(int position, Expression target, IReadOnlyList<Expression> arguments, int variables) =>
        Loop(position, target, arguments, variables, new Constant(position, CelBool.True), Guard(position, false),
            new Call(position, Operators.And, null, [Result(position), arguments[variables]]), Result(position));

    private static Comprehension Exists(int position, Expression target, IReadOnlyList<Expression> arguments, int variables) =>
        Loop(position, target, arguments, variables, new Constant(position, CelBool.False), Guard(position, true),
            new Call(position, Operators.Or, null, [Result(position), arguments[variables]]), Result(position));

    private static Comprehension ExistsOne(int position, Expression target, IReadOnlyList<Expression> arguments, int variables)
    {
        var plusOne = new Call(position, Operators.Add, null, [Result(position), new Constant(position, CelValue.Of(1L))]);
        return Loop(position, target, arguments, variables, new Constant(position, CelValue.Of(0L)), new Constant(position, CelBool.True),
            new Call(position, Operators.Conditional, null, [arguments[variables], plusOne, Result(position)]),
            new Call(position, Operators.Equal, null, [Result(position), new Constant(position, CelValue.Of(1L))]));
    }

    private static Comprehension ToList(int position, Expression target, IReadOnlyList<Expression> arguments, int variables, Expression? filter, Expression item)
    {
        Expression step = new Call(position, Operators.Add, null, [Result(position), new ListLiteral(position, [item], new HashSet<int>())]);
        return Loop(position, target, arguments, variables, new ListLiteral(position, [], new HashSet<int>()), new Constant(position, CelBool.True),
            If(position, filter, step), Result(position));
    }

    private static IReadOnlyList<Expression> Keyed(int position, IReadOnlyList<Expression> arguments, Expression value) =>
        [new Identifier(position, NameOf(arguments[0])), value];

    private static Comprehension ToMap(int position, Expression target, IReadOnlyList<Expression> arguments, Expression? filter, IReadOnlyList<Expression> entry) =>
        Loop(position, target, arguments, 2, new MapLiteral(position, []), new Constant(position, CelBool.True),
            If(position, filter, new Call(position, Operators.MapInsert, null, [Result(position), .. entry])), Result(position));

    private static Call OptionalMap(int position, Expression target, IReadOnlyList<Expression> arguments, bool isFlat)
    {
        var name = arguments[0] is Identifier variable ? variable.Name : throw new MacroException(arguments[0].Position, $"{(isFlat ? "optFlatMap()" : "optMap()")} variable name must be a simple identifier");
        var value = new Call(position, "value", target, []);

        // A fold over nothing that names the value.
        var bound = new Comprehension(position, new ListLiteral(position, [], new HashSet<int>()), "#unused", null, name)
        {
            Start = value,
            Condition = new Constant(position, CelBool.False),
            Step = new Identifier(position, name),
            Result = arguments[1],
        };
        Expression some = isFlat ? bound : new Call(position, "optional.of", null, [bound]);
        return new Call(position, Operators.Conditional, null, [new Call(position, "hasValue", target, []), some, new Call(position, "optional.none", null, [])]);
    }

    private static Expression If(int position, Expression? filter, Expression step) =>
        filter is null ? step : new Call(position, Operators.Conditional, null, [filter, step, Result(position)]);

    // The loop goes on as long as the accumulator has not decided; an error has not.
    private static Call Guard(int position, bool isNegated)
    {
        Expression result = isNegated ? new Call(position, Operators.Not, null, [Result(position)]) : Result(position);
        return new Call(position, Operators.NotStrictlyFalse, null, [result]);
    }

    private static Identifier Result(int position) => new(position, Accumulator);

    private static string NameOf(Expression argument) =>
        argument is Identifier variable && !variable.Name.StartsWith('.')
            ? variable.Name is Accumulator or "__result__" ? throw new MacroException(argument.Position, "iteration variable overwrites accumulator variable") : variable.Name
            : throw new MacroException(argument.Position, "argument must be a simple name");

    private static Comprehension Loop(
        int position, Expression range, IReadOnlyList<Expression> arguments, int variables, Expression start, Expression condition, Expression step, Expression result)
    {
        var first = NameOf(arguments[0]);
        var second = variables == 2 ? NameOf(arguments[1]) : null;
        return first == second
            ? throw new MacroException(arguments[1].Position, $"duplicate variable name: {first}")
            : new Comprehension(position, range, first, second, Accumulator) { Start = start, Condition = condition, Step = step, Result = result };
    }
}
