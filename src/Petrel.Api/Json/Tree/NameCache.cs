using System.Text;
using System.Text.Json;

namespace Petrel.Api.Json;

/// <summary>
/// Remembers recent property names: objects of one kind share the same few dozen, so most names read cost no allocation. A fixed
/// number of places, where the latest name wins.
/// </summary>
internal static class NameCache
{
    private const int Places = 1024;
    private const int MaxNameLength = 48;

    // References are replaced atomically; a lost race costs one allocation.
    private static readonly string?[] Names = new string?[Places];

    public static string Get(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > MaxNameLength)
        {
            return reader.GetString()!;
        }

        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var place = ref Names[hash.ToHashCode() & (Places - 1)];
        var known = place;
        if (known is not null && Ascii.Equals(utf8, known))
        {
            return known;
        }

        var name = reader.GetString()!;
        place = name;
        return name;
    }
}
