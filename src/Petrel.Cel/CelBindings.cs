using System.Diagnostics.CodeAnalysis;
using Petrel.Cel.Values;

namespace Petrel.Cel;

/// <summary>Variables with values that are there already.</summary>
public sealed class CelBindings(params ReadOnlySpan<(string Name, CelValue Value)> values) : ICelBindings
{
    private readonly (string Name, CelValue Value)[] _values = values.ToArray();

    public static CelBindings Empty { get; } = new();

    public bool TryFind(string name, [MaybeNullWhen(false)] out CelValue value)
    {
        foreach (var (candidate, found) in _values)
        {
            if (candidate == name)
            {
                value = found;
                return true;
            }
        }

        value = null;
        return false;
    }
}
