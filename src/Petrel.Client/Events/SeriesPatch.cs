using Petrel.Api.Events;
using Petrel.Api.Json;

namespace Petrel.Client.Events;

/// <summary>Brings the series of an event that is there up to date.</summary>
internal static class SeriesPatch
{
    public static ReadOnlyMemory<byte> Of(EventSeries series) => (byte[])[.. "{\"series\":"u8, .. JsonEncoding.Encode(series), .. "}"u8];
}
