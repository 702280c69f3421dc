using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>The flow schemas and priority levels in force at one moment.</summary>
/// <param name="Routes">In the order in which they are tried; the last one takes what no other does.</param>
/// <param name="Levels">By name; quiescing ones as long as they have requests.</param>
internal sealed record FlowConfiguration(IReadOnlyList<FlowRoute> Routes, IReadOnlyDictionary<string, PriorityLevel> Levels)
{
    public FlowRoute RouteOf(UserInfo user, RequestInfo info)
    {
        for (var i = 0; i < Routes.Count - 1; i++)
        {
            if (Routes[i].Matches(user, info))
            {
                return Routes[i];
            }
        }

        return Routes[^1];
    }
}
