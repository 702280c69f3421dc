using Petrel.Api;
using Petrel.Api.Apps;

namespace Petrel.Controllers.Deployments;

/// <summary>The arithmetic of a rolling update: how many pods there may be too many, or too few.</summary>
internal static class RollingUpdate
{
    public static int Replicas(this Deployment deployment) => deployment.Spec.Replicas ?? 1;

    public static int Replicas(this ReplicaSet set) => set.Spec.Replicas ?? 1;

    public static bool IsRollingUpdate(this Deployment deployment) => deployment.Spec.Strategy.Type == "RollingUpdate";

    /// <summary>Pods that may run in addition to the wanted number.</summary>
    public static int MaxSurge(this Deployment deployment) => deployment.IsRollingUpdate() ? Limits(deployment).Surge : 0;

    /// <summary>Wanted pods that may be missing, at most all of them.</summary>
    public static int MaxUnavailable(this Deployment deployment) =>
        deployment.IsRollingUpdate() && deployment.Replicas() > 0 ? Math.Min(Limits(deployment).Unavailable, deployment.Replicas()) : 0;

    /// <summary>Replicas that the new set should have now, given what all sets together have.</summary>
    public static int NewSetReplicas(Deployment deployment, IEnumerable<ReplicaSet> allSets, int newSetReplicas)
    {
        if (!deployment.IsRollingUpdate())
        {
            return deployment.Replicas();
        }

        var room = deployment.Replicas() + Limits(deployment).Surge - allSets.Sum(static set => set.Replicas());
        return room <= 0 ? newSetReplicas : newSetReplicas + Math.Min(room, deployment.Replicas() - newSetReplicas);
    }

    private static (int Surge, int Unavailable) Limits(Deployment deployment)
    {
        var rolling = deployment.Spec.Strategy.RollingUpdate;
        var surge = Scale(rolling?.MaxSurge ?? 0, deployment.Replicas(), roundUp: true);
        var unavailable = Scale(rolling?.MaxUnavailable ?? 0, deployment.Replicas(), roundUp: false);

        // Validation refuses two zeros, but a share of few replicas may round to zero: then nothing could move.
        return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
    }

    private static int Scale(IntOrString value, int total, bool roundUp) =>
        value.TryScale(total, roundUp, out var scaled) ? scaled : throw new FormatException($"\"{value}\" is not a number or percentage");
}
