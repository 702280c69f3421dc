using System.Text;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Client.Api;

namespace Petrel.Client.Events;

/// <summary>Writes one event: a new object, or the count of the one that is there.</summary>
internal static class EventWriter
{
    public static async Task<Event> WriteAsync(IApi api, Event value, CancellationToken cancellationToken)
    {
        if (value.Count > 1)
        {
            try
            {
                var patch = new PatchBody("application/strategic-merge-patch+json", CountPatch(value));
                return await api.PatchAsync<Event>(value.Metadata.Namespace, value.Metadata.Name, patch, null, cancellationToken);
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // Events are removed after an hour: this one starts a new object.
            }
        }

        var metadata = value.Metadata with { ResourceVersion = "", Uid = "", CreationTimestamp = null, ManagedFields = default };
        return await api.CreateAsync(value with { Metadata = metadata }, cancellationToken);
    }

    private static ReadOnlyMemory<byte> CountPatch(Event value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonEncoding.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("count"u8, value.Count);
            writer.WriteString("lastTimestamp"u8, Encoding.UTF8.GetBytes(ApiTime.Format(value.LastTimestamp!.Value)));
            writer.WriteString("message"u8, value.Message);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
