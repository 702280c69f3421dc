using System.Diagnostics.CodeAnalysis;

namespace Petrel.Cel.Values;

/// <summary>A message: fields of a declared object type. A field that is not set does not exist.</summary>
public abstract class CelObject : CelValue
{
    /// <summary>The value of a field by the name expressions use; false when it is not set.</summary>
    public abstract bool TryGetField(string name, [MaybeNullWhen(false)] out CelValue value);

    /// <summary>Names of the fields that are set.</summary>
    public abstract IEnumerable<string> FieldNames { get; }

    public override bool EqualTo(CelValue other)
    {
        if (other is not CelObject message || message.Type.Name != Type.Name)
        {
            return false;
        }

        var names = FieldNames.ToList();
        return names.Count == message.FieldNames.Count()
            && names.TrueForAll(name => TryGetField(name, out var mine) && message.TryGetField(name, out var theirs) && mine.EqualTo(theirs));
    }
}
