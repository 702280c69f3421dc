using Petrel.Cel.Syntax;
using Petrel.Cel.Types;

namespace Petrel.Cel.Costs;

/// <summary>Works out from sizes alone between which bounds the cost of an expression must be.</summary>
internal sealed class CostEstimator(ISizeHints? hints)
{
    private readonly Dictionary<Expression, Bounds> _costs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expression, Bounds> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expression, IReadOnlyList<string>> _paths = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<(string Name, IReadOnlyList<string>? Path, Bounds? Size)> _locals = new();

    public Bounds Cost(Expression node)
    {
        if (!_costs.TryGetValue(node, out var cost))
        {
            cost = node switch
            {
                Identifier name => IdentifierCost(name),
                Selection selection => SelectionCost(selection),
                Call call => CallCost(call),
                ListLiteral list => ListCost(list),
                MapLiteral map => MapCost(map),
                ObjectLiteral message => PartsCost(message) + Bounds.Exactly(CostRules.ObjectBase),
                Comprehension loop => LoopCost(loop),
                _ => default,
            };
            _costs[node] = cost;
        }

        return cost;
    }

    private Bounds IdentifierCost(Identifier name)
    {
        foreach (var local in _locals)
        {
            if (local.Name == name.Name)
            {
                Note(name, local.Path, local.Size);
                return Bounds.Exactly(CostRules.Access);
            }
        }

        _paths[name] = [name.Name];
        return Bounds.Exactly(CostRules.Access);
    }

    private void Note(Expression node, IReadOnlyList<string>? path, Bounds? size)
    {
        if (path is not null)
        {
            _paths[node] = path;
        }

        if (size is not null)
        {
            _sizes[node] = size.Value;
        }
    }

    private Bounds SelectionCost(Selection selection)
    {
        if (selection.VariableName is { } variable)
        {
            _paths[selection] = [variable];
            return Bounds.Exactly(CostRules.Access);
        }

        if (selection.NamedType is not null)
        {
            return default;
        }

        var cost = Cost(selection.Operand);
        if (selection.IsTest)
        {
            return cost;
        }

        Note(selection, PathOf(selection.Operand, selection.Field), null);
        return selection.Operand.Type.Kind is CelKind.Map or CelKind.Object or CelKind.Parameter ? cost + Bounds.Exactly(CostRules.Access) : cost;
    }

    private List<string>? PathOf(Expression node, string next) => _paths.TryGetValue(node, out var path) ? [.. path, next] : null;

    private Bounds ListCost(ListLiteral list)
    {
        _sizes[list] = Bounds.Exactly((ulong)list.Items.Count);
        return PartsCost(list) + Bounds.Exactly(CostRules.ListBase);
    }

    private Bounds MapCost(MapLiteral map)
    {
        _sizes[map] = Bounds.Exactly((ulong)map.Entries.Count);
        return PartsCost(map) + Bounds.Exactly(CostRules.MapBase);
    }

    private Bounds PartsCost(Expression node) => node.Parts.Aggregate(default(Bounds), (sum, part) => sum + Cost(part));

    private Bounds LoopCost(Comprehension loop)
    {
        var sum = Cost(loop.Range) + Cost(loop.Start);
        var size = SizeOf(loop.Range);
        var isMap = loop.Range.Type.Kind == CelKind.Map;
        _locals.Push((loop.Accumulator, _paths.GetValueOrDefault(loop.Start), loop.Range is ListLiteral { Items.Count: 0 } ? SizeOf(loop.Start) : null));
        _locals.Push(loop.SecondVariable is null || isMap ? (loop.Variable, PathOf(loop.Range, isMap ? "@keys" : "@items"), null) : (loop.Variable, null, Bounds.Exactly(1)));
        if (loop.SecondVariable is not null)
        {
            _locals.Push((loop.SecondVariable, PathOf(loop.Range, isMap ? "@values" : "@items"), null));
        }

        var each = Cost(loop.Condition) + Cost(loop.Step);
        _locals.Pop();
        if (loop.SecondVariable is not null)
        {
            _locals.Pop();
        }

        sum += Cost(loop.Result);
        _locals.Pop();
        _sizes[loop] = loop.Range is ListLiteral { Items.Count: 0 } ? SizeOf(loop.Result) : loop.Type.Kind is CelKind.List or CelKind.Map ? size : SizeByType(loop.Type);
        return sum + (size * each);
    }

    private Bounds CallCost(Call call)
    {
        var costs = call.Operands.Select(Cost).ToList();
        switch (call.Function)
        {
            // The first operand may decide alone.
            case Operators.And or Operators.Or:
                return new Bounds(costs[0].Min, costs.Aggregate(static (sum, cost) => sum + cost).Max);
            case Operators.Conditional:
                _sizes[call] = SizeOf(call.Arguments[1]).Or(SizeOf(call.Arguments[2]));
                return costs[0] + costs[1].Or(costs[2]);
        }

        if (call.Function == Operators.Index)
        {
            Note(call, PathOf(call.Arguments[0], call.Arguments[0].Type.Kind == CelKind.Map ? "@values" : "@items"), null);
        }

        var operands = call.Operands.Select(operand => new SizedOperand(operand.Type, SizeOf(operand), ElementSize(operand))).ToList();
        Bounds? cost = null;
        Bounds? size = null;
        foreach (var overload in call.Overloads)
        {
            var estimate = overload.Estimate?.Invoke(operands) ?? new CallEstimate(Bounds.Exactly(1));
            cost = cost?.Or(estimate.Cost) ?? estimate.Cost;
            if (estimate.ResultSize is { } result)
            {
                size = size?.Or(result) ?? result;
            }
        }

        Note(call, null, size);
        return costs.Aggregate(cost ?? Bounds.Exactly(1), static (sum, operand) => sum + operand);
    }

    private Bounds SizeOf(Expression node)
    {
        if (node is Constant { Value: var value })
        {
            return Bounds.Exactly((ulong)value.Size);
        }

        return _sizes.TryGetValue(node, out var size) ? size
            : _paths.TryGetValue(node, out var path) && hints?.Find(path, node.Type) is { } hinted ? hinted
            : SizeByType(node.Type);
    }

    private Bounds ElementSize(Expression node) =>
        node.Type.Kind != CelKind.List ? Bounds.Unknown
        : PathOf(node, "@items") is { } path && hints?.Find(path, node.Type.Parameters[0]) is { } hinted ? hinted
        : node is ListLiteral { Items.Count: > 0 } list ? list.Items.Select(SizeOf).Aggregate(static (all, item) => all.Or(item))
        : SizeByType(node.Type.Parameters[0]);

    private static Bounds SizeByType(CelType type) =>
        type is { Kind: CelKind.Opaque, IsOptional: false } || type.Kind is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Double or CelKind.Duration or CelKind.Timestamp or CelKind.Null or CelKind.Type
            ? Bounds.Exactly(1)
            : Bounds.Unknown;
}
