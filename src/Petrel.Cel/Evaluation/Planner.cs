using Petrel.Cel.Syntax;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>Turns a checked expression into steps: names of loops become places, literals become constants.</summary>
internal sealed class Planner
{
    private readonly Dictionary<Expression, Step> _made = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(string Name, int Place)> _locals = new();
    private int _places;

    public static Plan Plan(Expression root)
    {
        var planner = new Planner();
        return new Plan(planner.Make(root), planner._places);
    }

    private Step Make(Expression node)
    {
        if (!_made.TryGetValue(node, out var step))
        {
            step = node switch
            {
                Constant constant => new ConstantStep(constant.Value),
                Identifier name => MakeName(name),
                Selection { NamedType: { } type } => new ConstantStep(new CelTypeValue(type)),
                Selection { VariableName: { } name } => new VariableStep(name),
                Selection { IsTest: true } selection => new PresenceStep(Make(selection.Operand), selection.Field),
                Selection selection => new FieldStep(Make(selection.Operand), selection.Field),
                Call call => MakeCall(call),
                ListLiteral list => MakeList(list),
                MapLiteral map => new MapStep([.. map.Entries.Select(entry => (Make(entry.Key), Make(entry.Value), entry.IsOptional))]),
                ObjectLiteral message => new ObjectStep(message.Type, [.. message.Fields.Select(field => (((CelString)((Constant)field.Key).Value).Value, Make(field.Value), field.IsOptional))]),
                Comprehension loop => MakeLoop(loop),
                _ => throw new InvalidOperationException($"no step for {node.GetType().Name}"),
            };
            _made[node] = step;
        }

        return step;
    }

    private Step MakeName(Identifier name)
    {
        if (name.NamedType is { } type)
        {
            return new ConstantStep(new CelTypeValue(type));
        }

        foreach (var local in _locals)
        {
            if (local.Name == name.Name)
            {
                return new LocalStep(local.Place);
            }
        }

        return new VariableStep(name.Name.TrimStart('.'));
    }

    private Step MakeCall(Call call)
    {
        var operands = call.Operands.Select(Make).ToList();
        return call.Function switch
        {
            Operators.And => new LogicStep(operands, deciding: false),
            Operators.Or => new LogicStep(operands, deciding: true),
            Operators.Conditional => new ConditionalStep(operands[0], operands[1], operands[2]),
            Operators.NotStrictlyFalse => new NotStrictlyFalseStep(operands[0]),
            Operators.Index => new IndexStep(operands[0], operands[1], isOptional: false),
            Operators.OptionalIndex or Operators.OptionalSelect => new IndexStep(operands[0], operands[1], isOptional: true),
            Operators.MapInsert => new InsertStep(operands[0], operands[1], operands.Count == 3 ? operands[2] : null),
            _ => new CallStep(call.Function, call.Overloads, operands),
        };
    }

    private Step MakeList(ListLiteral list)
    {
        var items = list.Items.Select(Make).ToList();
        return list.Optional.Count == 0 && items.TrueForAll(static item => item is ConstantStep)
            ? new ConstantStep(new CelArray([.. items.Select(static item => ((ConstantStep)item).Value)]))
            : new ListStep(items, list.Optional);
    }

    private LoopStep MakeLoop(Comprehension loop)
    {
        var (range, start) = (Make(loop.Range), Make(loop.Start));
        var accumulator = Enter(loop.Accumulator);
        var first = Enter(loop.Variable);
        var second = loop.SecondVariable is null ? -1 : Enter(loop.SecondVariable);
        var (condition, body) = (Make(loop.Condition), Make(loop.Step));
        _locals.Pop();
        if (second >= 0)
        {
            _locals.Pop();
        }

        var result = Make(loop.Result);
        _locals.Pop();
        return new LoopStep(range, accumulator, first, second, start, condition, body, result);
    }

    private int Enter(string name)
    {
        _locals.Push((name, _places));
        return _places++;
    }
}
