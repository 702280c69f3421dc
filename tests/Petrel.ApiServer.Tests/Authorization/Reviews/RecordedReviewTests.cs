using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api;
using Petrel.Api.Authorization;
using Petrel.Api.Json;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Authorization.Reviews;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Tests.Bootstrap;
using Petrel.ApiServer.Tests.Golden;
using Xunit;

namespace Petrel.ApiServer.Tests.Authorization.Reviews;

/// <summary>
/// Plays the recordings of a real server in which an administrator stores roles and bindings and asks who may do what.
/// Each must get the answers that the real server gave.
/// </summary>
public sealed class RecordedReviewTests
{
    private const string Namespace = "test-ns";

    private readonly RbacIndex _index = new();
    private readonly AccessReviews _reviews;

    public RecordedReviewTests()
    {
        _index.Reset(GatheredPolicy.ClusterRoles);
        _index.Reset(BootstrapBindings.Cluster);
        _index.Reset(BootstrapBindings.Namespaced);
        _reviews = new AccessReviews(new AuthorizerChain(new MastersAuthorizer(), new RbacAuthorizer(_index)));
    }

    public static TheoryData<string> Recordings => Recording.Names("cluster", "cluster-authz-");

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Reviews_are_answered_as_recorded(string name)
    {
        foreach (var step in Recording.Find("cluster", name).Where(recording => recording.Name == name).SelectMany(static recording => recording.Steps))
        {
            if (step.ImpersonatedUser.Length > 0 || step.Path.Length == 0)
            {
                continue;
            }

            var body = step.Body is null ? "" : Fill(step.Body.ToJsonString());
            var kind = step.Path.Split('/')[^1].Split('?')[0];
            switch (step.Method, kind)
            {
                case ("POST", "roles") when step.Status == 201:
                    _index.Set(InNamespace(Decode<Role>(body)));
                    break;
                case ("POST", "rolebindings") when step.Status == 201:
                    _index.Set(InNamespace(Decode<RoleBinding>(body)));
                    break;
                case ("POST", "clusterroles") when step.Status == 201:
                    _index.Set(Decode<ClusterRole>(body));
                    break;
                case ("POST", "clusterrolebindings") when step.Status == 201:
                    _index.Set(Decode<ClusterRoleBinding>(body));
                    break;
                case ("POST", "subjectaccessreviews"):
                    await CompareAsync(step, async () => (await _reviews.ReviewAsync(Decode<SubjectAccessReview>(body))).Status);
                    break;
                case ("POST", "localsubjectaccessreviews") when step.Status != 400:
                    await CompareAsync(step, async () => (await _reviews.ReviewAsync(InNamespace(Decode<LocalSubjectAccessReview>(body)))).Status);
                    break;
            }
        }
    }

    private static async Task CompareAsync(RecordedStep step, Func<Task<SubjectAccessReviewStatus>> answer)
    {
        try
        {
            var status = JsonNode.Parse(Encoding.UTF8.GetString(JsonEncoding.Encode(await answer())));
            var wanted = JsonNode.Parse(Fill(step.Answer!["status"]!.ToJsonString()));
            Assert.True(JsonNode.DeepEquals(wanted, status), $"asked {step.Body}\nrecorded {wanted}\nanswered {status}");
        }
        catch (StatusException exception)
        {
            Assert.Equal((step.Status, Fill((string)step.Answer!["message"]!)), (exception.Status.Code, exception.Message));
        }
    }

    private static T InNamespace<T>(T value) where T : ApiObject => value with { Metadata = value.Metadata with { Namespace = Namespace } };

    private static T Decode<T>(string json) where T : Api.Schema.IApiType<T> => JsonDecoder.Decode<T>(Encoding.UTF8.GetBytes(json), new DecodeProblems());

    private static string Fill(string text) => text.Replace("{ns}", Namespace, StringComparison.Ordinal).Replace("{id}", "x1", StringComparison.Ordinal);
}
