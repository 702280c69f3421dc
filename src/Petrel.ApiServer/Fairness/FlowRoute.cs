using Petrel.Api;
using Petrel.Api.FlowControl;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>A flow schema and the priority level that it leads to.</summary>
/// <param name="levelUid">Of the level's object; empty while it is not stored.</param>
internal sealed class FlowRoute(FlowSchema schema, PriorityLevel level, string levelUid, FlowMetrics metrics)
{
    private readonly ApiList<PolicyRulesWithSubjects> _rules = schema.Spec.Rules;
    private readonly string _distinguisher = schema.Spec.DistinguisherMethod?.Type ?? "";

    public string SchemaName { get; } = schema.Metadata.Name;

    public string SchemaUid { get; } = schema.Metadata.Uid;

    public PriorityLevel Level => level;

    public string LevelUid => levelUid;

    public FlowMetrics Metrics => metrics;

    public bool Matches(UserInfo user, RequestInfo info) => FlowMatch.Matches(_rules, user, info);

    public string DistinguisherOf(UserInfo user, RequestInfo info) => _distinguisher switch
    {
        FlowDistinguisherMethod.ByUser => user.Name,
        FlowDistinguisherMethod.ByNamespace => info.Namespace,
        _ => "",
    };
}
