using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Syntax;

/// <summary>A node of a parsed expression. The checker notes types and overloads on it, once.</summary>
/// <param name="position">Where it stands in the source: chars before its operator, bracket or name.</param>
internal abstract class Expression(int position)
{
    public int Position { get; } = position;

    /// <summary>Nodes on the longest way down, this one included.</summary>
    public int Depth { get; protected init; } = 1;

    /// <summary>Set by the checker.</summary>
    public CelType Type { get; set; } = CelType.Dyn;

    /// <summary>The parts, in the order in which they are written.</summary>
    public abstract IEnumerable<Expression> Parts { get; }

    protected static int DepthOver(IEnumerable<Expression> parts) => 1 + parts.Select(static part => part.Depth).DefaultIfEmpty().Max();
}

/// <summary>A literal.</summary>
internal sealed class Constant(int position, CelValue value) : Expression(position)
{
    public CelValue Value { get; } = value;

    public override IEnumerable<Expression> Parts => [];
}

/// <summary>A name.</summary>
internal sealed class Identifier(int position, string name) : Expression(position)
{
    public string Name { get; } = name;

    /// <summary>Set by the checker when the name is that of a type.</summary>
    public CelType? NamedType { get; set; }

    public override IEnumerable<Expression> Parts => [];
}

/// <summary>operand.field, or has(operand.field).</summary>
internal sealed class Selection : Expression
{
    public Selection(int position, Expression operand, string field, bool isTest)
        : base(position)
    {
        (Operand, Field, IsTest) = (operand, field, isTest);
        Depth = operand.Depth + 1;
    }

    public Expression Operand { get; }

    public string Field { get; }

    public bool IsTest { get; }

    /// <summary>Set by the checker when the whole is the qualified name of a type.</summary>
    public CelType? NamedType { get; set; }

    /// <summary>Set by the checker when the whole is the qualified name of a variable.</summary>
    public string? VariableName { get; set; }

    public override IEnumerable<Expression> Parts => [Operand];
}

/// <summary>A call of a function, method, operator or index.</summary>
internal sealed class Call : Expression
{
    public Call(int position, string function, Expression? target, IReadOnlyList<Expression> arguments)
        : base(position)
    {
        (Function, Target, Arguments) = (function, target, arguments);
        Depth = DepthOver(Parts);
    }

    public string Function { get; private set; }

    public Expression? Target { get; private set; }

    public IReadOnlyList<Expression> Arguments { get; }

    /// <summary>Set by the checker: what may be called, depending on types known only at run time.</summary>
    public IReadOnlyList<CelOverload> Overloads { get; set; } = [];

    /// <summary>Target and arguments as the overload takes them.</summary>
    public IReadOnlyList<Expression> Operands => Target is null ? Arguments : [Target, .. Arguments];

    public override IEnumerable<Expression> Parts => Operands;

    /// <summary>What looked like a method is the function of a namespace, e.g. sets.contains.</summary>
    public void ResolveTo(string function) => (Function, Target) = (function, null);
}

/// <summary>[a, ?b].</summary>
internal sealed class ListLiteral : Expression
{
    public ListLiteral(int position, IReadOnlyList<Expression> items, IReadOnlySet<int> optional)
        : base(position)
    {
        (Items, Optional) = (items, optional);
        Depth = DepthOver(items);
    }

    public IReadOnlyList<Expression> Items { get; }

    /// <summary>Indexes of the items that are written with a question mark.</summary>
    public IReadOnlySet<int> Optional { get; }

    public override IEnumerable<Expression> Parts => Items;
}

/// <summary>An entry of a map or a field of a message.</summary>
internal readonly record struct Entry(int Position, Expression Key, Expression Value, bool IsOptional);

/// <summary>{k: v, ?k: v}.</summary>
internal sealed class MapLiteral : Expression
{
    public MapLiteral(int position, IReadOnlyList<Entry> entries)
        : base(position)
    {
        Entries = entries;
        Depth = DepthOver(Parts);
    }

    public IReadOnlyList<Entry> Entries { get; }

    public override IEnumerable<Expression> Parts => Entries.SelectMany(static entry => new[] { entry.Key, entry.Value });
}

/// <summary>Name{field: value}. Keys of the entries are constants.</summary>
internal sealed class ObjectLiteral : Expression
{
    public ObjectLiteral(int position, string typeName, IReadOnlyList<Entry> fields)
        : base(position)
    {
        (TypeName, Fields) = (typeName, fields);
        Depth = DepthOver(Parts);
    }

    public string TypeName { get; }

    public IReadOnlyList<Entry> Fields { get; }

    public override IEnumerable<Expression> Parts => Fields.Select(static entry => entry.Value);
}

/// <summary>What a macro over a list or map stands for: a fold with an accumulator.</summary>
internal sealed class Comprehension : Expression
{
    public Comprehension(int position, Expression range, string variable, string? secondVariable, string accumulator)
        : base(position)
    {
        (Range, Variable, SecondVariable, Accumulator) = (range, variable, secondVariable, accumulator);
        Depth = range.Depth + 1;
    }

    public Expression Range { get; }

    /// <summary>The element (of a map: the key); with a second variable the index or key.</summary>
    public string Variable { get; }

    /// <summary>The element or the map's value.</summary>
    public string? SecondVariable { get; }

    public string Accumulator { get; }

    /// <summary>What the accumulator starts with.</summary>
    public required Expression Start { get; init; }

    /// <summary>Evaluated before each step; false ends the loop.</summary>
    public required Expression Condition { get; init; }

    /// <summary>The accumulator's next value.</summary>
    public required Expression Step { get; init; }

    /// <summary>The value of the whole.</summary>
    public required Expression Result
    {
        get;
        init
        {
            field = value;
            Depth = DepthOver(Parts);
        }
    }

    public override IEnumerable<Expression> Parts => [Range, Start, Condition, Step, Result];
}
