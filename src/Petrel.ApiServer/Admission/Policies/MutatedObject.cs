using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Expressions;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Patch;
using Petrel.Api.Resources;
using Petrel.ApiServer.Admission.Matching;
using Petrel.ApiServer.Registry;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>The object of a request as a mutation makes it.</summary>
internal static class MutatedObject
{
    /// <param name="result">What the mutation's expression has given.</param>
    /// <param name="target">The kind as which the request matched, to whose version the mutation is made.</param>
    /// <exception cref="ConversionException">The object cannot be had in that version, or not be had back.</exception>
    /// <returns>The changed object, or null and why there is none.</returns>
    public static async ValueTask<(ApiObject? Value, string Error)> OfAsync(
        Mutation mutation, CelValue result, ResourceType target, AdmissionRequest request, CancellationToken cancellationToken)
    {
        var isJsonPatch = mutation.PatchType == "JSONPatch";
        if (!MutationJson.TryConvert(result, isJsonPatch ? null : MutationExpressions.ObjectType, out var json, out var error))
        {
            return (null, error);
        }

        var live = (JsonMap)JsonTree.Parse(JsonEncoding.Encode((await ObjectVersions.ConvertAsync(request.Object, request.Type, target, cancellationToken))!));
        JsonMap changed;
        if (isJsonPatch)
        {
            var outcome = JsonPatch.Apply(live, json.ToUtf8());
            if (!outcome.IsPatched)
            {
                return (null, "JSON Patch: " + outcome.Failure.Message);
            }

            changed = outcome.Result;
        }
        else
        {
            (var merged, error) = LaidOver.Merge(live, (JsonMap)json, target.Structure);
            if (merged is null)
            {
                return (null, error);
            }

            changed = merged;
        }

        var problems = new DecodeProblems();
        var value = target.Decode(changed.ToUtf8(), problems);
        return problems.TypeError is { } bad ? (null, bad)
            : problems.Strict.Count > 0 ? (null, problems.Strict[0])
            : (ResourceEndpoint.WithDefaults((await ObjectVersions.ConvertAsync(value, target, request.Type, cancellationToken))!), "");
    }
}
