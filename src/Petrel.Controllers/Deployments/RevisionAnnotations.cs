using System.Globalization;
using Petrel.Api;
using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>Annotations that tie a ReplicaSet to its Deployment's history and size. kubectl reads them for rollout history and undo.</summary>
internal static class RevisionAnnotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    private const string RevisionHistory = "deployment.kubernetes.io/revision-history";
    private const string DesiredReplicasKey = "deployment.kubernetes.io/desired-replicas";
    private const string MaxReplicasKey = "deployment.kubernetes.io/max-replicas";

    // As upstream: enough for about 300 revisions that were rolled back to.
    private const int RevisionHistoryLengthMax = 2000;

    // Not copied from the Deployment: they say something about the object they are on.
    private static readonly HashSet<string> NotInherited = new(StringComparer.Ordinal)
    {
        "kubectl.kubernetes.io/last-applied-configuration",
        Revision,
        RevisionHistory,
        DesiredReplicasKey,
        MaxReplicasKey,
        "deprecated.deployment.rollback.to",
    };

    /// <summary>0 when there is none.</summary>
    public static long RevisionOf(ApiObject value) => Number(value, Revision) ?? 0;

    /// <summary>Replicas of the Deployment when the set was last scaled; null when it never was.</summary>
    public static int? DesiredReplicas(ReplicaSet set) => (int?)Number(set, DesiredReplicasKey);

    /// <summary>The same with the surge of that time.</summary>
    public static int? MaxReplicas(ReplicaSet set) => (int?)Number(set, MaxReplicasKey);

    /// <summary>The set with the Deployment's annotations and at least the given revision; its old revision goes into its history.</summary>
    public static ReplicaSet Inherit(Deployment deployment, ReplicaSet set, long revision)
    {
        var annotations = set.Metadata.Annotations.WithRange(deployment.Metadata.Annotations.Where(static entry => !NotInherited.Contains(entry.Key)));
        var present = set.Metadata.Annotations.GetValueOrDefault(Revision);
        if (RevisionOf(set) < revision)
        {
            annotations = annotations.With(Revision, Text(revision));
            if (!string.IsNullOrEmpty(present))
            {
                annotations = annotations.With(RevisionHistory, Append(annotations.GetValueOrDefault(RevisionHistory), present));
            }
        }

        return set with { Metadata = set.Metadata with { Annotations = annotations } };
    }

    /// <summary>The set with the Deployment's size noted.</summary>
    public static ReplicaSet NoteSize(Deployment deployment, ReplicaSet set) => set with
    {
        Metadata = set.Metadata with
        {
            Annotations = set.Metadata.Annotations
                .With(DesiredReplicasKey, Text(deployment.Replicas()))
                .With(MaxReplicasKey, Text(deployment.Replicas() + deployment.MaxSurge())),
        },
    };

    /// <summary>The Deployment with the revision noted.</summary>
    public static Deployment NoteRevision(Deployment deployment, string revision) =>
        deployment with { Metadata = deployment.Metadata with { Annotations = deployment.Metadata.Annotations.With(Revision, revision) } };

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The oldest entries give way.
    private static string Append(string? history, string revision)
    {
        var entries = string.IsNullOrEmpty(history) ? revision : history + "," + revision;
        while (entries.Length > RevisionHistoryLengthMax && entries.IndexOf(',', StringComparison.Ordinal) is >= 0 and var comma)
        {
            entries = entries[(comma + 1)..];
        }

        return entries;
    }

    private static long? Number(ApiObject value, string key) =>
        long.TryParse(value.Metadata.Annotations.GetValueOrDefault(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
