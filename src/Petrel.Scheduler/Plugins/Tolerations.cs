using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Scheduler.Plugins;

/// <summary>Whether tolerations cover taints.</summary>
internal static class Tolerations
{
    /// <summary>The first taint with one of the effects that is not tolerated; null when all are.</summary>
    public static Taint? FirstUntolerated(ApiList<Taint> taints, ApiList<Toleration> tolerations, Func<string, bool> effects)
    {
        foreach (var taint in taints)
        {
            if (effects(taint.Effect) && !Tolerate(tolerations, taint))
            {
                return taint;
            }
        }

        return null;
    }

    /// <summary>The effects that keep a pod from being scheduled.</summary>
    public static bool IsHard(string effect) => effect is "NoSchedule" or "NoExecute";

    public static bool Tolerate(ApiList<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (Tolerates(toleration, taint))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Tolerates(Toleration toleration, Taint taint) =>
        (toleration.Effect.Length == 0 || toleration.Effect == taint.Effect)
        && (toleration.Key.Length == 0 || toleration.Key == taint.Key)
        && toleration.Operator switch
        {
            "Exists" => true,
            "" or "Equal" => toleration.Value == taint.Value,
            _ => false,
        };
}
