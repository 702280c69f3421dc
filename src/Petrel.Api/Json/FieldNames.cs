using System.Text;
using System.Text.Json;

namespace Petrel.Api.Json;

/// <summary>The JSON names of a type's fields: finds a field's index from the bytes of its name without making a string.</summary>
public sealed class FieldNames
{
    /// <summary>No API type of v1.33 has more than about fifty fields; the seen-bits of the decoder hold this many.</summary>
    public const int FieldsMax = 128;

    private readonly byte[][] _names;
    private readonly JsonEncodedText[] _encoded;
    private readonly short[] _slots;

    public FieldNames(params ReadOnlySpan<string> names)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(names.Length, FieldsMax);
        _names = new byte[names.Length][];
        _encoded = new JsonEncodedText[names.Length];
        var size = 4;
        while (size < names.Length * 3)
        {
            size *= 2;
        }

        _slots = new short[size];
        for (var index = 0; index < names.Length; index++)
        {
            _names[index] = Encoding.UTF8.GetBytes(names[index]);
            _encoded[index] = JsonEncodedText.Encode(names[index]);
            var slot = Slot(_names[index]);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = (short)(index + 1);
        }
    }

    public JsonEncodedText this[int index] => _encoded[index];

    /// <summary>Index of the field with this exact name, or -1. Names are case-sensitive.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return -1;
        }

        for (var slot = Slot(name); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var index = _slots[slot] - 1;
            if (name.SequenceEqual(_names[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private int Slot(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return 0;
        }

        var hash = name.Length + (name[0] * 7) + (name[^1] * 31) + (name[name.Length / 2] * 131);
        return hash & (_slots.Length - 1);
    }
}
