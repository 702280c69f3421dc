using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>What sets of tolerations have in common.</summary>
internal static class TolerationSets
{
    /// <summary>The tolerations of both, without those that another one makes superfluous; of equal ones the first stays.</summary>
    public static ApiList<Toleration> MergedWith(this ApiList<Toleration> first, ApiList<Toleration> second)
    {
        var all = first.Concat(second).ToList();
        var merged = new List<Toleration>();
        for (var i = 0; i < all.Count; i++)
        {
            var toleration = all[i];
            if (!merged.Exists(earlier => Covers(earlier, toleration)) && !all.Skip(i + 1).Any(later => later != toleration && Covers(later, toleration)))
            {
                merged.Add(toleration);
            }
        }

        return [.. merged];
    }

    /// <summary>Each toleration of the pod is covered by one that is allowed.</summary>
    public static bool AreAllowedBy(this ApiList<Toleration> tolerations, ApiList<Toleration> allowed) =>
        allowed.IsEmpty || tolerations.All(toleration => allowed.Any(candidate => Covers(candidate, toleration)));

    /// <summary>Whatever taint the second bears, the first bears at least as long.</summary>
    private static bool Covers(Toleration wide, Toleration narrow)
    {
        if (wide == narrow)
        {
            return true;
        }

        var hasKey = wide.Key == narrow.Key || (wide.Key.Length == 0 && wide.Operator == "Exists");
        var hasEffect = wide.Effect.Length == 0 || wide.Effect == narrow.Effect;
        var isLongEnough = wide.Effect != "NoExecute" || wide.TolerationSeconds is not { } most || narrow.TolerationSeconds <= most;
        return hasKey && hasEffect && isLongEnough && wide.Operator switch
        {
            "Exists" => true,
            "" or "Equal" => narrow.Operator == "Equal" && narrow.Value == wide.Value,
            _ => false,
        };
    }
}
