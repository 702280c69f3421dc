using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;
using Petrel.ApiServer.OpenApi.Schemas;
using Petrel.ApiServer.Tokens;

namespace Petrel.ApiServer.OpenApi.Paths;

/// <summary>The paths that are no resource: discovery, version, and how to verify tokens.</summary>
internal static class ServerPaths
{
    public static PathItem Core(DefinitionSet definitions) =>
        Discovery("/api/", "core", "getCoreAPIVersions", "Tells which versions of the core group there are.", APIVersions.Schema, definitions);

    public static PathItem Groups(DefinitionSet definitions) =>
        Discovery("/apis/", "apis", "getAPIVersions", "Tells which groups there are.", APIGroupList.Schema, definitions);

    public static PathItem Group(string group, DefinitionSet definitions) =>
        Discovery($"/apis/{group}/", OperationNames.Tag(group), $"get{OperationNames.Group(group)}APIGroup", "Tells which versions of the group there are.", APIGroup.Schema, definitions);

    public static PathItem Resources(string group, string version, DefinitionSet definitions) => Discovery(
        group.Length == 0 ? $"/api/{version}/" : $"/apis/{group}/{version}/",
        OperationNames.Tag(group, version),
        $"get{OperationNames.Version(group, version)}APIResources",
        "Tells which resources of the version there are.",
        APIResourceList.Schema,
        definitions);

    public static PathItem Version(DefinitionSet definitions) => Get(
        "/version/", "version", "getCodeVersion", "Tells which version the server has.", MediaTypes.JsonOnly, MediaTypes.JsonOnly, OperationAnswers.Of(definitions.Of(VersionInfo.Schema), 200));

    public static PathItem TokenIssuer() => Get(
        IssuerDocuments.ConfigurationPath + "/",
        "WellKnown",
        "getServiceAccountIssuerOpenIDConfiguration",
        "Tells how service account tokens are issued (OpenID discovery).",
        [],
        [IssuerDocuments.ConfigurationType],
        OperationAnswers.Text);

    public static PathItem TokenKeys() => Get(
        IssuerDocuments.KeysPath + "/",
        "openid",
        "getServiceAccountIssuerOpenIDKeyset",
        "Gives the public keys by which service account tokens are verified (JSON Web Key Set).",
        [],
        [IssuerDocuments.KeysType],
        OperationAnswers.Text);

    private static PathItem Discovery(string path, string tag, string id, string description, TypeSchema type, DefinitionSet definitions) =>
        PathItem.Of(path, [], [new Operation("get", tag, id, description) { Consumes = MediaTypes.Objects, Answers = OperationAnswers.Of(definitions.Of(type), 200) }]);

    private static PathItem Get(string path, string tag, string id, string description, IReadOnlyList<string> consumes, IReadOnlyList<string> produces, IReadOnlyList<Answer> answers) =>
        PathItem.Of(path, [], [new Operation("get", tag, id, description) { Consumes = consumes, Produces = produces, Answers = answers }]);
}
