using System.Text;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Xunit;

namespace Petrel.ApiServer.Tests.Audit;

/// <summary>Which requests a policy records, and which policies are refused.</summary>
public sealed class AuditPolicyTests
{
    private const string Head = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

    [Theory]
    [InlineData("users: [ann]", "ann get pods default/p", true)]
    [InlineData("users: [ann]", "bob get pods default/p", false)]
    [InlineData("userGroups: [system:masters]", "ann get pods default/p", true)]
    [InlineData("userGroups: [others]", "ann get pods default/p", false)]
    [InlineData("verbs: [get]", "ann get pods default/p", true)]
    [InlineData("verbs: [list]", "ann get pods default/p", false)]
    [InlineData("namespaces: [default]", "ann get pods default/p", true)]
    [InlineData("namespaces: [other]", "ann get pods default/p", false)]
    [InlineData("namespaces: [\"\"]", "ann get nodes /n", true)]
    [InlineData("namespaces: [default]", "ann get /healthz", false)]
    [InlineData("resources: [{group: \"\"}]", "ann get pods default/p", true)]
    [InlineData("resources: [{group: apps}]", "ann get pods default/p", false)]
    [InlineData("resources: [{group: \"\", resources: [pods]}]", "ann get pods default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [pods]}]", "ann get pods/log default/p", false)]
    [InlineData("resources: [{group: \"\", resources: [pods/log]}]", "ann get pods/log default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [\"*/log\"]}]", "ann get pods/log default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [\"pods/*\"]}]", "ann get pods/log default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [\"pods/*\"]}]", "ann get pods default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [\"*\"]}]", "ann get pods/log default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [pods], resourceNames: [p]}]", "ann get pods default/p", true)]
    [InlineData("resources: [{group: \"\", resources: [pods], resourceNames: [q]}]", "ann get pods default/p", false)]
    [InlineData("nonResourceURLs: [/healthz]", "ann get /healthz", true)]
    [InlineData("nonResourceURLs: [\"/health*\"]", "ann get /healthz", true)]
    [InlineData("nonResourceURLs: [\"*\"]", "ann get /anything", true)]
    [InlineData("nonResourceURLs: [\"*\"]", "ann get pods default/p", false)]
    [InlineData("nonResourceURLs: [/version]", "ann get /healthz", false)]
    public void A_rule_fits_what_it_names(string rule, string request, bool fits)
    {
        var policy = Parse($"rules:\n- {{level: Metadata, {rule}}}\n- level: Request");
        Assert.Equal(fits ? AuditLevel.Metadata : AuditLevel.Request, policy.Decide(Attributes(request)).Level);
    }

    [Fact]
    public void Stages_and_managed_fields_are_omitted_by_policy_and_rule()
    {
        var policy = Parse("omitStages: [RequestReceived]\nomitManagedFields: true\nrules:\n- {level: Metadata, users: [ann], omitStages: [Panic], omitManagedFields: false}\n- {level: Request, users: [bob]}");
        var (first, second, none) = (policy.Decide(Attributes("ann get /")), policy.Decide(Attributes("bob get /")), policy.Decide(Attributes("eve get /")));
        Assert.Equal([AuditStage.RequestReceived, AuditStage.Panic], first.OmitStages.Order());
        Assert.Equal([AuditStage.RequestReceived], second.OmitStages);
        Assert.Equal((false, true, AuditLevel.None), (first.OmitManagedFields, second.OmitManagedFields, none.Level));
    }

    [Theory]
    [InlineData("rules: []", "loaded illegal policy with 0 rules")]
    [InlineData("rules: [{}]", "rules[0].level: Required value")]
    [InlineData("rules: [{level: Loud}]", "rules[0].level: Unsupported value: \"Loud\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\"")]
    [InlineData("rules: [{level: None, nonResourceURLs: [healthz, \"/a*b\", \"*\"]}]", "[rules[0].nonResourceURLs[0]: Invalid value: \"healthz\": non-resource URL rules must begin with a '/' character, rules[0].nonResourceURLs[1]: Invalid value: \"/a*b\": non-resource URL wildcards '*' must be the final character of the rule]")]
    [InlineData("rules: [{level: None, nonResourceURLs: [/a], namespaces: [b]}]", "rules[0].nonResourceURLs: Invalid value: [\"/a\"]: rules cannot apply to both regular resources and non-resource URLs")]
    [InlineData("rules: [{level: None, resources: [{resourceNames: [a]}]}]", "rules[0].resources.resourceNames: Invalid value: [\"a\"]: using resourceNames requires at least one resource")]
    [InlineData("rules: [{level: None, omitStages: [Later]}]", "rules[0].omitStages[0]: Invalid value: \"Later\": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic")]
    [InlineData("omitStages: [Later]\nrules: [{level: None}]", "omitStages[0]: Invalid value: \"Later\": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic")]
    [InlineData("rules: [{level: None, user: [a]}]", "failed decoding: strict decoding error: unknown field \"rules[0].user\"")]
    [InlineData("rules: [{level: 5}]", "failed decoding: rules[0].level must be a string")]
    [InlineData("rules: 7", "failed decoding: rules must be a list")]
    public void What_makes_no_sense_is_refused(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => Parse(text)).Message);

    [Fact]
    public void A_group_that_cannot_be_is_refused() =>
        Assert.StartsWith("rules[0].resources.group: Invalid value: \"Apps/v1\": a lowercase RFC 1123 subdomain must", Assert.Throws<FormatException>(() => Parse("rules: [{level: None, resources: [{group: Apps/v1}]}]")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind: Policy\nrules: []", "Object 'apiVersion' is missing")]
    [InlineData("apiVersion: audit.k8s.io/v1beta1\nkind: Policy", "no kind \"Policy\" is registered for version \"audit.k8s.io/v1beta1\"")]
    [InlineData("a: [", "failed decoding")]
    public void Another_kind_is_refused(string yaml, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => AuditPolicy.Parse(Encoding.UTF8.GetBytes(yaml))).Message, StringComparison.Ordinal);

    private static AuditPolicy Parse(string rest) => AuditPolicy.Parse(Encoding.UTF8.GetBytes(Head + rest));

    private static AuthorizationAttributes Attributes(string request)
    {
        var words = request.Split(' ');
        var user = new UserInfo(words[0]) { Groups = ["system:masters"] };
        if (words.Length == 3)
        {
            return new AuthorizationAttributes(user, words[1]) { Path = words[2] };
        }

        var (resource, place) = (words[2].Split('/'), words[3].Split('/'));
        return new AuthorizationAttributes(user, words[1]) { IsResource = true, Resource = resource[0], Subresource = resource.Length > 1 ? resource[1] : "", Namespace = place[0], Name = place[1], Version = "v1" };
    }
}
