using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>
/// A value while an expression is evaluated. Lists, maps and objects are abstract: whoever has data in another form derives
/// from <see cref="CelList"/>, <see cref="CelMap"/> or <see cref="CelObject"/> and converts what is asked for, nothing else.
/// </summary>
public abstract class CelValue
{
    private protected CelValue()
    {
    }

    /// <summary>The type at run time: lists and maps are of dyn.</summary>
    public abstract CelType Type { get; }

    /// <summary>What the cost of working on the value follows: characters, bytes, elements; 1 for single values.</summary>
    public virtual long Size => 1;

    /// <summary>
    /// All values inside, those that occur many times counted as often. Lists that expressions make can hold one value many
    /// times over; this is what going through all of it would take.
    /// </summary>
    public virtual long Weight => Size;

    /// <summary>CEL's equality: numbers of all types compare by amount, values of different types are different.</summary>
    public abstract bool EqualTo(CelValue other);

    public static CelValue Of(bool value) => value ? CelBool.True : CelBool.False;

    public static CelValue Of(long value) => new CelInt(value);

    public static CelValue Of(double value) => new CelDouble(value);

    public static CelValue Of(string value) => new CelString(value);
}
