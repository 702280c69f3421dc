using Microsoft.AspNetCore.Http;
using Petrel.Api;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Patch;
using Petrel.Api.Yaml;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Writes;

/// <summary>The configuration of a server-side apply (KEP-555): applies to any object, as often as newer versions of it demand.</summary>
internal sealed class ApplyPatch(HttpContext context, ReadOnlyMemory<byte> yaml, WriteOptions options)
{
    /// <summary>The object with the configuration applied, and its managers.</summary>
    /// <param name="tracker">Knows how the fields of the kind are owned.</param>
    /// <param name="live">The stored object with its managers; null when there is none.</param>
    /// <param name="decode">Reads the result.</param>
    /// <param name="now">The time to note for the manager.</param>
    /// <exception cref="StatusException">400 for a bad configuration, 409 for conflicts, 500 without a reason for one that does not fit the kind.</exception>
    public async ValueTask<ApiObject> ApplyAsync(
        FieldTracker tracker, ApiObject? live, Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> decode, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var configuration = Read(out var strictError);
        var outcome = await tracker.ApplyAsync(
            live is null ? tracker.Empty : (JsonMap)JsonTree.Parse(JsonEncoding.Encode(live)),
            live?.Metadata.ManagedFields ?? default,
            configuration,
            options.FieldManager,
            options.Force,
            now,
            cancellationToken);
        if (!outcome.IsApplied)
        {
            throw new StatusException(Statuses.Of(outcome.Failure));
        }

        var problems = new DecodeProblems { KeepsNulls = true };
        var value = decode(outcome.Result.ToUtf8(), problems);
        if (problems.TypeError is not null)
        {
            throw new StatusException(Statuses.Of(PatchFailure.Internal(Unconvertible(tracker, configuration, problems.TypeError))));
        }

        FieldValidation.ApplyYaml(context, strictError);
        return value with { Metadata = value.Metadata with { ManagedFields = outcome.ManagedFields } };
    }

    private JsonMap Read(out string? strictError)
    {
        if (!YamlToJson.TryRead(yaml.Span, out var tree, out var error, out strictError))
        {
            throw Undecodable("error converting YAML to JSON: " + error);
        }

        return tree switch
        {
            JsonMap map => map,
            JsonNull => JsonMap.Empty,
            _ => throw Undecodable($"error unmarshaling JSON: while decoding JSON: {PatchFailure.Mismatch(tree)}"),
        };
    }

    private static string Unconvertible(FieldTracker tracker, JsonMap configuration, string error)
    {
        var metadata = configuration.FindMap("metadata");
        var kind = $"{tracker.Kind.Group}/{tracker.Kind.Version}, Kind={tracker.Kind.Kind}";
        return $"failed to convert new object ({metadata?.FindText("namespace")}/{metadata?.FindText("name")}; {kind}) to proper version ({tracker.Kind.ApiVersion}): unable to convert unstructured object to {kind}: {error}";
    }

    private static StatusException Undecodable(string why) => new(Statuses.BadRequest("error decoding YAML: " + why));
}
