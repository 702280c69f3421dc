using System.Globalization;
using System.Text.Json.Nodes;
using Petrel.Api.FlowControl;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Fairness;

/// <summary>Writes into each flow schema's status whether the priority level that it names exists.</summary>
internal sealed class DanglingConditions(IApi api, TimeProvider time)
{
    private const string FieldManager = "api-priority-and-fairness-config-consumer-v1";

    /// <exception cref="ApiException">A schema could not be written; the next run tries again.</exception>
    public Task RunAsync(IReadOnlyList<FlowSchema> schemas, IReadOnlyList<PriorityLevelConfiguration> levels, CancellationToken cancellationToken)
    {
        // The mandatory levels are in force even when they are not stored.
        var names = levels.Concat(BuiltInPriorityLevels.Mandatory).Select(static level => level.Metadata.Name).ToHashSet();
        return Task.WhenAll(schemas
            .Select(schema => (Schema: schema, IsDangling: !names.Contains(schema.Spec.PriorityLevelConfiguration.Name)))
            .Where(static each => !IsSo(each.Schema, Wanted(each.Schema, each.IsDangling)))
            .Select(each => ApplyAsync(each.Schema, each.IsDangling, cancellationToken)));
    }

    private static bool IsSo(FlowSchema schema, FlowSchemaCondition wanted) =>
        schema.Status.Conditions.FirstOrDefault(static condition => condition.Type == FlowSchemaCondition.Dangling) is { } current
        && current with { LastTransitionTime = null } == wanted;

    private static FlowSchemaCondition Wanted(FlowSchema schema, bool isDangling)
    {
        var references = $"This FlowSchema references the PriorityLevelConfiguration object named \"{schema.Spec.PriorityLevelConfiguration.Name}\"";
        return new FlowSchemaCondition
        {
            Type = FlowSchemaCondition.Dangling,
            Status = isDangling ? "True" : "False",
            Reason = isDangling ? "NotFound" : "Found",
            Message = references + (isDangling ? " but there is no such object" : " and it exists"),
        };
    }

    private async Task ApplyAsync(FlowSchema schema, bool isDangling, CancellationToken cancellationToken)
    {
        var wanted = Wanted(schema, isDangling);
        var body = new JsonObject
        {
            ["apiVersion"] = FlowSchema.Info.Group + "/" + FlowSchema.Info.Version,
            ["kind"] = FlowSchema.Info.Kind,
            ["metadata"] = new JsonObject { ["name"] = schema.Metadata.Name, ["uid"] = schema.Metadata.Uid },
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject
                {
                    ["type"] = wanted.Type,
                    ["status"] = wanted.Status,
                    ["lastTransitionTime"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    ["reason"] = wanted.Reason,
                    ["message"] = wanted.Message,
                }),
            },
        };
        var path = $"{ApiPath.Of(FlowSchema.Info, null, schema.Metadata.Name)}/status?fieldManager={FieldManager}&force=true";
        var request = new ApiRequest("PATCH", path) { ContentType = "application/apply-patch+yaml", Body = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()) };
        var response = await api.SendAsync(request, cancellationToken);

        // Deleted, or made anew, since it was seen: its successor will be seen, too.
        if (response.StatusCode is not (404 or 409))
        {
            TypedApi.ThrowIfError(response);
        }
    }
}
