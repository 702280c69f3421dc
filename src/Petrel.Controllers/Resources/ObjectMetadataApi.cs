using System.Text;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Client.Api;
using Petrel.Client.Informers;

namespace Petrel.Controllers.Resources;

/// <summary>Reads and changes the metadata of objects of any kind.</summary>
internal sealed class ObjectMetadataApi(IApi api)
{
    /// <summary>The object's metadata, or null when it does not exist.</summary>
    public async Task<ObjectMeta?> FindAsync(ResourceInfo info, string? @namespace, string name, CancellationToken cancellationToken)
    {
        var request = new ApiRequest("GET", ApiPath.Of(info, @namespace, name)) { Accept = PartialObjectMetadata.Accept };
        var response = await api.SendAsync(request, cancellationToken);
        if (response.StatusCode == 404)
        {
            return null;
        }

        TypedApi.ThrowIfError(response);
        return JsonDecoder.Decode<PartialObjectMetadata>(response.Body.Span, new DecodeProblems()).Metadata;
    }

    /// <summary>Metadata of all objects of a namespace (null: of the cluster).</summary>
    public async Task<IReadOnlyList<ObjectMeta>> ListAsync(ResourceInfo info, string? @namespace, CancellationToken cancellationToken)
    {
        var list = await ObjectSource.OfMetadata(api, info).ListAsync(@namespace, new ListOptions(), cancellationToken);
        return [.. list.Items.Select(static item => item.Metadata)];
    }

    /// <summary>Deletes the object if it is still the one meant. One that is gone, or another by now, is no error.</summary>
    public async Task DeleteAsync(ResourceInfo info, ObjectMeta meant, string propagationPolicy, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { Preconditions = new() { Uid = meant.Uid }, PropagationPolicy = propagationPolicy };
        var request = new ApiRequest("DELETE", ApiPath.Of(info, NamespaceOf(meant), meant.Name)) { Body = JsonEncoding.Encode(options) };
        var response = await api.SendAsync(request, cancellationToken);
        if (response.StatusCode is not (404 or 409))
        {
            TypedApi.ThrowIfError(response);
        }
    }

    /// <summary>Deletes all objects of a namespace.</summary>
    public async Task DeleteAllAsync(ResourceInfo info, string @namespace, CancellationToken cancellationToken)
    {
        var options = new DeleteOptions { PropagationPolicy = "Background" };
        var request = new ApiRequest("DELETE", ApiPath.Of(info, @namespace, null)) { Body = JsonEncoding.Encode(options) };
        var response = await api.SendAsync(request, cancellationToken);
        TypedApi.ThrowIfError(response);
    }

    /// <summary>Replaces owner references and finalizers. Fails with a conflict when the object changed since it was read.</summary>
    public async Task PatchAsync(ResourceInfo info, ObjectMeta read, ApiList<OwnerReference> owners, ApiList<string> finalizers, CancellationToken cancellationToken)
    {
        var body = Patch(read, owners, finalizers);
        var request = new ApiRequest("PATCH", ApiPath.Of(info, NamespaceOf(read), read.Name)) { Body = body, ContentType = "application/merge-patch+json" };
        var response = await api.SendAsync(request, cancellationToken);
        if (response.StatusCode != 404)
        {
            TypedApi.ThrowIfError(response);
        }
    }

    private static ReadOnlyMemory<byte> Patch(ObjectMeta read, ApiList<OwnerReference> owners, ApiList<string> finalizers)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, JsonEncoding.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("uid"u8, read.Uid);
            writer.WriteString("resourceVersion"u8, read.ResourceVersion);
            writer.WriteStartArray("ownerReferences"u8);
            foreach (var owner in owners)
            {
                writer.WriteRawValue(JsonEncoding.Encode(owner));
            }

            writer.WriteEndArray();
            writer.WriteStartArray("finalizers"u8);
            foreach (var finalizer in finalizers)
            {
                writer.WriteStringValue(Encoding.UTF8.GetBytes(finalizer));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string? NamespaceOf(ObjectMeta meta) => meta.Namespace.Length == 0 ? null : meta.Namespace;
}
