using Petrel.Api;
using Petrel.Api.ApiExtensions;

namespace Petrel.ApiServer.CustomResources;

/// <summary>A definition is deleted in two steps: its objects go first, and a finalizer keeps it until they are gone.</summary>
internal static class DefinitionRemoval
{
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    /// <summary>What a delete makes of a definition on its first time; other objects and times stay as they are.</summary>
    public static ApiObject Begun(ApiObject value, DateTimeOffset now)
    {
        if (value is not CustomResourceDefinition { Metadata.DeletionTimestamp: null } definition)
        {
            return value;
        }

        var finalizers = definition.Metadata.Finalizers;
        return definition with
        {
            Metadata = definition.Metadata with { DeletionTimestamp = now, Finalizers = finalizers.Contains(Finalizer) ? finalizers : [.. finalizers, Finalizer] },
            Status = definition.Status.With(
                CustomResourceDefinitionCondition.Terminating,
                "True",
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
                now),
        };
    }
}
