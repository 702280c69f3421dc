using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Cycle;

/// <summary>Chooses the best of the nodes on which a pod can run; among equally good ones, any.</summary>
internal sealed class NodeScoring(Profile profile, Random random)
{
    private const long ScoreMax = 100;

    public (string? Node, Verdict? Error) Best(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        if (feasible.Count == 1)
        {
            return (feasible[0].Name, null);
        }

        if (PreScore(state, pod, feasible, all) is { } failure)
        {
            return (null, failure);
        }

        var totals = new long[feasible.Count];
        if (Score(state, pod, feasible, totals) is { } invalid)
        {
            return (null, invalid);
        }

        return (feasible[PositionOfBest(totals)].Name, null);
    }

    /// <summary>The sum of all weighted scores per node.</summary>
    internal static Verdict? Score(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Span<long> totals)
    {
        var scores = new long[feasible.Count];
        foreach (var (plugin, weight) in state.Scores)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = plugin.Score(state, pod, feasible[i]);
            }

            (plugin as INormalizeScore)?.Normalize(state, pod, feasible, scores);
            for (var i = 0; i < scores.Length; i++)
            {
                if (scores[i] is < 0 or > ScoreMax)
                {
                    return Verdict.Error(plugin.Name, $"plugin \"{plugin.Name}\" returns an invalid score {scores[i]}, it should in the range of [0, {ScoreMax}] after normalizing");
                }

                totals[i] += scores[i] * weight;
            }
        }

        return null;
    }

    internal Verdict? PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        HashSet<string>? skipped = null;
        foreach (var plugin in profile.PreScore)
        {
            var verdict = plugin.PreScore(state, pod, feasible, all);
            if (verdict.Code == VerdictCode.Skip)
            {
                (skipped ??= new(StringComparer.Ordinal)).Add(plugin.Name);
            }
            else if (!verdict.IsSuccess)
            {
                return Verdict.Error(plugin.Name, $"running PreScore plugin \"{plugin.Name}\": {verdict.Message}", verdict.Exception);
            }
        }

        state.Scores = skipped is null ? profile.Score : [.. profile.Score.Where(entry => !skipped.Contains(entry.Plugin.Name))];
        return null;
    }

    private int PositionOfBest(ReadOnlySpan<long> totals)
    {
        var (best, equals) = (0, 1);
        for (var i = 1; i < totals.Length; i++)
        {
            if (totals[i] > totals[best])
            {
                (best, equals) = (i, 1);
            }
            else if (totals[i] == totals[best] && random.Next(++equals) == 0)
            {
                // The nth of equals takes over with probability 1/n, which gives each the same chance.
                best = i;
            }
        }

        return best;
    }
}
