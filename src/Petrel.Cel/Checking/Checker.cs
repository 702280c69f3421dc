using Petrel.Cel.Syntax;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Checking;

/// <summary>Gives every node its type and every call what it may mean. What does not fit is reported with the source.</summary>
internal sealed class Checker(Source source, CelEnvironment environment)
{
    private static readonly Dictionary<string, CelType> TypeNames = new[]
    {
        CelType.Bool, CelType.Bytes, CelType.Double, CelType.Duration, CelType.Dyn, CelType.Int, CelType.Null, CelType.String, CelType.Timestamp, CelType.Type, CelType.Uint,
    }.ToDictionary(static type => type.Name, StringComparer.Ordinal);

    private readonly Substitution _types = new();
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly HashSet<Expression> _done = new(ReferenceEqualityComparer.Instance);
    private readonly List<Expression> _nodes = [];
    private readonly Stack<(string Name, CelType Type)> _locals = new();

    /// <summary>Variables of the environment that the expression refers to.</summary>
    public IReadOnlySet<string> UsedVariables => _used;

    public void Check(Expression root)
    {
        Visit(root);
        foreach (var node in _nodes)
        {
            node.Type = _types.Apply(node.Type, unknownIsDyn: true);
        }
    }

    // Macros may use a part twice; it is in the same scope then and need not be checked again.
    private CelType Visit(Expression node)
    {
        if (!_done.Add(node))
        {
            return node.Type;
        }

        node.Type = node switch
        {
            Constant constant => constant.Value.Type,
            Identifier name => VisitIdentifier(name),
            Selection selection => VisitSelection(selection),
            Call call => VisitCall(call),
            ListLiteral list => VisitList(list),
            MapLiteral map => VisitMap(map),
            ObjectLiteral message => VisitObject(message),
            Comprehension loop => VisitLoop(loop),
            _ => CelType.Error,
        };
        _nodes.Add(node);
        return node.Type;
    }

    private CelType VisitIdentifier(Identifier name)
    {
        if (FindName(name.Name) is { } type)
        {
            return type;
        }

        if (FindTypeName(name.Name) is { } named)
        {
            name.NamedType = named;
            return CelType.TypeOf(named);
        }

        return Undeclared(name.Position, name.Name);
    }

    private CelType? FindName(string name)
    {
        foreach (var local in _locals)
        {
            if (local.Name == name)
            {
                return local.Type;
            }
        }

        var global = name.TrimStart('.');
        if (environment.FindVariable(global) is { } type)
        {
            _used.Add(global);
            return type;
        }

        return null;
    }

    private CelType? FindTypeName(string name) => name switch
    {
        "list" => CelType.List(CelType.Dyn),
        "map" => CelType.Map(CelType.Dyn, CelType.Dyn),
        "optional_type" => CelType.Optional(CelType.Dyn),
        _ => TypeNames.GetValueOrDefault(name) ?? environment.FindType(name),
    };

    private CelType Undeclared(int position, string name)
    {
        source.Report(position, $"undeclared reference to '{name}' (in container '')");
        return CelType.Error;
    }

    private CelType VisitSelection(Selection selection)
    {
        // a.b.c may be the name of a variable or of a type.
        if (!selection.IsTest && QualifiedName(selection) is { } name && name.Split('.')[0] is var first && !IsLocal(first))
        {
            if (environment.FindVariable(name) is { } variable)
            {
                _used.Add(name);
                selection.VariableName = name;
                return variable;
            }

            if (environment.FindVariable(first) is null && FindTypeName(name) is { } named)
            {
                selection.NamedType = named;
                return CelType.TypeOf(named);
            }
        }

        var target = _types.Apply(Visit(selection.Operand), unknownIsDyn: false);
        var isOptional = target.IsOptional;
        var type = FieldType(selection.Position, isOptional ? target.Parameters[0] : target, selection.Field, isOptional);
        return selection.IsTest ? CelType.Bool : isOptional ? CelType.Optional(type) : type;
    }

    private bool IsLocal(string name) => _locals.Any(local => local.Name == name);

    private CelType FieldType(int position, CelType target, string field, bool isOptional)
    {
        target = _types.Apply(target, unknownIsDyn: false);
        switch (target.Kind)
        {
            case CelKind.Map:
                return target.Parameters[1];
            case CelKind.Object when target.FindField(field) is { } type:
                return type;
            case CelKind.Object:
                source.Report(position, $"undefined field '{field}'");
                return CelType.Error;
            case CelKind.Parameter:
                _types.Assign(CelType.Dyn, target);
                return CelType.Dyn;
            default:
                if (!target.IsDynOrError && !isOptional)
                {
                    source.Report(position, $"type '{target.ToMessage()}' does not support field selection");
                }

                return CelType.Dyn;
        }
    }

    private static string? QualifiedName(Expression node) => node switch
    {
        Identifier name => name.Name,
        Selection { IsTest: false } selection when QualifiedName(selection.Operand) is { } operand => operand + "." + selection.Field,
        _ => null,
    };

    private CelType VisitCall(Call call)
    {
        // namespace.function(…) looks like a method.
        if (call.Target is not null && QualifiedName(call.Target) is { } prefix && environment.FindFunction($"{prefix}.{call.Function}") is { } qualified && qualified.Any(static overload => !overload.IsMethod))
        {
            call.ResolveTo($"{prefix}.{call.Function}");
        }

        if (call.Function is Operators.OptionalSelect)
        {
            return VisitOptionalSelect(call);
        }

        var arguments = new List<CelType>(call.Arguments.Count + 1);
        if (environment.FindFunction(call.Function.TrimStart('.')) is not { } overloads)
        {
            VisitOperands(call, arguments);
            return Undeclared(call.Position, call.Function);
        }

        VisitOperands(call, arguments);
        return Resolve(call, overloads, arguments);
    }

    private void VisitOperands(Call call, List<CelType> types)
    {
        foreach (var operand in call.Operands)
        {
            types.Add(Visit(operand));
        }
    }

    private CelType VisitOptionalSelect(Call call)
    {
        var target = _types.Apply(Visit(call.Arguments[0]), unknownIsDyn: false);
        Visit(call.Arguments[1]);
        var type = FieldType(call.Position, target.IsOptional ? target.Parameters[0] : target, ((CelString)((Constant)call.Arguments[1]).Value).Value, target.IsOptional);
        return CelType.Optional(type);
    }

    private CelType Resolve(Call call, IReadOnlyList<CelOverload> overloads, List<CelType> arguments)
    {
        var isVariadic = call.Function is Operators.And or Operators.Or;
        var matching = new List<CelOverload>();
        CelType? result = null;
        foreach (var overload in overloads)
        {
            if (overload.IsMethod != (call.Target is not null) || (!isVariadic && overload.Parameters.Count != arguments.Count))
            {
                continue;
            }

            var fresh = _types.Fresh();
            var parameters = isVariadic
                ? Enumerable.Repeat(CelType.Bool, arguments.Count).ToArray()
                : [.. overload.Parameters.Select(parameter => Substitution.Rename(parameter, fresh))];
            if (!_types.Assign(arguments, parameters))
            {
                continue;
            }

            matching.Add(overload);
            var type = _types.Apply(Substitution.Rename(overload.Result, fresh), unknownIsDyn: false);
            result = result is null || result.Equals(type) ? type : CelType.Dyn;
        }

        call.Overloads = matching;
        if (result is not null)
        {
            return result;
        }

        var shown = arguments.Select(argument => _types.Apply(argument, unknownIsDyn: true).ToMessage()).ToList();
        var signature = call.Target is null ? $"({string.Join(", ", shown)})" : $"{shown[0]}.({string.Join(", ", shown.Skip(1))})";
        source.Report(call.Position, $"found no matching overload for '{call.Function.TrimStart('.')}' applied to '{signature}'");
        return CelType.Error;
    }

    private CelType VisitList(ListLiteral list)
    {
        CelType? element = null;
        for (var i = 0; i < list.Items.Count; i++)
        {
            element = Join(element, Unwrap(list.Items[i], list.Optional.Contains(i)));
        }

        return CelType.List(element ?? _types.NewParameter());
    }

    private CelType VisitMap(MapLiteral map)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (var entry in map.Entries)
        {
            key = Join(key, Visit(entry.Key));
            value = Join(value, Unwrap(entry.Value, entry.IsOptional));
        }

        return CelType.Map(key ?? _types.NewParameter(), value ?? _types.NewParameter());
    }

    // The type of an item; one that is written as optional must be.
    private CelType Unwrap(Expression item, bool isOptional)
    {
        var type = _types.Apply(Visit(item), unknownIsDyn: false);
        if (!isOptional)
        {
            return type;
        }

        if (type.IsOptional)
        {
            return type.Parameters[0];
        }

        if (!type.IsDynOrError)
        {
            Mismatch(item.Position, CelType.Optional(type), type);
        }

        return type;
    }

    private void Mismatch(int position, CelType expected, CelType actual) => source.Report(position, $"expected type '{expected.ToMessage()}' but found '{actual.ToMessage()}'");

    private CelType Join(CelType? previous, CelType current) =>
        previous is null ? current
        : _types.Assign(previous, current) ? MoreGeneral(previous, current)
        : CelType.Dyn;

    private CelType MoreGeneral(CelType left, CelType right)
    {
        left = _types.Apply(left, unknownIsDyn: false);
        return left.IsDynOrError || right.Kind == CelKind.Null ? left : right;
    }

    private CelType VisitObject(ObjectLiteral message)
    {
        var type = environment.FindType(message.TypeName.TrimStart('.'));
        foreach (var field in message.Fields)
        {
            var given = Unwrap(field.Value, field.IsOptional);
            if (type is null)
            {
                continue;
            }

            var name = ((CelString)((Constant)field.Key).Value).Value;
            if (type.FindField(name) is not { } expected)
            {
                source.Report(field.Position, $"undefined field '{name}'");
            }
            else if (!_types.Assign(given, expected))
            {
                source.Report(field.Position, $"expected type of field '{name}' is '{expected.ToMessage()}' but provided type is '{given.ToMessage()}'");
            }
        }

        if (type is null)
        {
            return Undeclared(message.Position, message.TypeName);
        }

        if (type.Kind != CelKind.Object)
        {
            source.Report(message.Position, $"'{message.TypeName}' is not a message type");
            return CelType.Error;
        }

        return type;
    }

    private CelType VisitLoop(Comprehension loop)
    {
        var range = _types.Apply(Visit(loop.Range), unknownIsDyn: false);
        var (first, second) = range.Kind switch
        {
            CelKind.List when loop.SecondVariable is null => (range.Parameters[0], CelType.Int),
            CelKind.List => (CelType.Int, range.Parameters[0]),
            CelKind.Map => (range.Parameters[0], range.Parameters[1]),
            _ => (CelType.Dyn, CelType.Dyn),
        };
        if (range.Kind == CelKind.Parameter)
        {
            _types.Assign(CelType.Dyn, range);
        }
        else if (!range.IsDynOrError && range.Kind is not (CelKind.List or CelKind.Map))
        {
            source.Report(loop.Range.Position, $"expression of type '{range.ToMessage()}' cannot be range of a comprehension (must be list, map, or dynamic)");
            (first, second) = (CelType.Error, CelType.Error);
        }

        var accumulator = Visit(loop.Start);
        _locals.Push((loop.Accumulator, accumulator));
        _locals.Push((loop.Variable, first));
        if (loop.SecondVariable is not null)
        {
            _locals.Push((loop.SecondVariable, second));
        }

        ExpectType(loop.Condition, Visit(loop.Condition), CelType.Bool);
        ExpectType(loop.Step, Visit(loop.Step), accumulator);
        _locals.Pop();
        if (loop.SecondVariable is not null)
        {
            _locals.Pop();
        }

        var result = Visit(loop.Result);
        _locals.Pop();
        return _types.Apply(result, unknownIsDyn: false);
    }

    private void ExpectType(Expression node, CelType actual, CelType expected)
    {
        if (!_types.Assign(actual, expected))
        {
            Mismatch(node.Position, _types.Apply(expected, unknownIsDyn: true), _types.Apply(actual, unknownIsDyn: true));
        }
    }
}
