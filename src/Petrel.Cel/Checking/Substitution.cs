using Petrel.Cel.Types;

namespace Petrel.Cel.Checking;

/// <summary>What type parameters stand for, found out by comparing types.</summary>
internal sealed class Substitution
{
    private Dictionary<string, CelType> _known = new(StringComparer.Ordinal);
    private int _fresh;

    /// <summary>A parameter of its own for each name, for one call.</summary>
    public Func<string, CelType> Fresh()
    {
        var names = new Dictionary<string, CelType>(StringComparer.Ordinal);
        return name => names.TryGetValue(name, out var known) ? known : names[name] = NewParameter();
    }

    public CelType NewParameter() => CelType.Parameter(FormattableString.Invariant($"_var{_fresh++}"));

    /// <summary>The type with its parameters renamed.</summary>
    public static CelType Rename(CelType type, Func<string, CelType> names) =>
        type.Kind == CelKind.Parameter ? names(type.Name)
        : type.Parameters.Count == 0 ? type
        : type.With([.. type.Parameters.Select(parameter => Rename(parameter, names))]);

    /// <summary>The type with all that is known put in; what is unknown becomes dyn when asked for.</summary>
    public CelType Apply(CelType type, bool unknownIsDyn)
    {
        if (type.Kind == CelKind.Parameter)
        {
            return _known.TryGetValue(type.Name, out var found) ? Apply(found, unknownIsDyn) : unknownIsDyn ? CelType.Dyn : type;
        }

        return type.Parameters.Count == 0 ? type : type.With([.. type.Parameters.Select(parameter => Apply(parameter, unknownIsDyn))]);
    }

    /// <summary>Whether values of the first types may stand where the second are asked for. What is learnt is kept only then.</summary>
    public bool Assign(IReadOnlyList<CelType> from, IReadOnlyList<CelType> to)
    {
        var before = new Dictionary<string, CelType>(_known, StringComparer.Ordinal);
        for (var i = 0; i < from.Count; i++)
        {
            if (!IsAssignable(from[i], to[i]))
            {
                _known = before;
                return false;
            }
        }

        return true;
    }

    public bool Assign(CelType from, CelType to) => Assign([from], [to]);

    private bool IsAssignable(CelType from, CelType to)
    {
        if (to.Kind == CelKind.Parameter)
        {
            return Bind(to, from, isFrom: false);
        }

        if (from.Kind == CelKind.Parameter)
        {
            return Bind(from, to, isFrom: true);
        }

        if (from.IsDynOrError || to.IsDynOrError)
        {
            return true;
        }

        if (from.Kind == CelKind.Null || to.Kind == CelKind.Null)
        {
            return from.Kind == to.Kind || IsNullable(from.Kind == CelKind.Null ? to : from);
        }

        if (from.Kind != to.Kind)
        {
            return false;
        }

        // Types of types are all one.
        if (from.Kind == CelKind.Type)
        {
            return true;
        }

        if (from.Name != to.Name || from.Parameters.Count != to.Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < from.Parameters.Count; i++)
        {
            if (!IsAssignable(from.Parameters[i], to.Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNullable(CelType type) => type.Kind is CelKind.Object or CelKind.Timestamp or CelKind.Duration;

    private CelType Follow(CelType type)
    {
        while (type.Kind == CelKind.Parameter && _known.TryGetValue(type.Name, out var found))
        {
            type = found;
        }

        return type;
    }

    // A parameter that is known already becomes the more general of the two, so that int and dyn together are dyn.
    private bool Bind(CelType parameter, CelType type, bool isFrom)
    {
        type = Follow(type);
        parameter = Last(parameter);
        if (type.Equals(parameter))
        {
            return true;
        }

        var known = _known.GetValueOrDefault(parameter.Name);
        if (known is not null && !(isFrom ? IsAssignable(known, type) : IsAssignable(type, known)))
        {
            return false;
        }

        var bound = known is null || IsMoreGeneral(type, known) ? type : known;
        if (Contains(bound, parameter))
        {
            return known is not null;
        }

        _known[parameter.Name] = bound;
        return true;
    }

    // The parameter at the end of a chain of parameters.
    private CelType Last(CelType parameter)
    {
        while (_known.TryGetValue(parameter.Name, out var found) && found.Kind == CelKind.Parameter)
        {
            parameter = found;
        }

        return parameter;
    }

    private static bool IsMoreGeneral(CelType type, CelType than)
    {
        if (type.Kind is CelKind.Dyn or CelKind.Parameter || than.Kind is CelKind.Dyn or CelKind.Parameter || type.Kind != than.Kind)
        {
            return type.Kind == CelKind.Dyn || (than.Kind == CelKind.Null && type.Kind != CelKind.Null);
        }

        return type.Parameters.Count == than.Parameters.Count && type.Parameters.Zip(than.Parameters).Any(static pair => IsMoreGeneral(pair.First, pair.Second));
    }

    private bool Contains(CelType type, CelType parameter)
    {
        type = Follow(type);
        return type.Equals(parameter) || type.Parameters.Any(part => Contains(part, parameter));
    }
}
