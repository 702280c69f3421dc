using Petrel.Api.Resources;

namespace Petrel.Api.Certificates;

/// <summary>A trust bundle as a row.</summary>
internal static class ClusterTrustBundleTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("SignerName", Description:
            "signerName indicates the associated signer, if any.\n\nIn order to create or update a ClusterTrustBundle that sets signerName, you must have the "
            + "following cluster-scoped permission: group=certificates.k8s.io resource=signers resourceName=<the signer name> verb=attest.\n\nIf signerName is not "
            + "empty, then the ClusterTrustBundle object must be named with the signer name as a prefix (translating slashes to colons). For example, for the signer "
            + "name `example.com/foo`, valid ClusterTrustBundle object names include `example.com:foo:abc` and `example.com:foo:v1`.\n\nIf signerName is empty, then "
            + "the ClusterTrustBundle object's name must not have such a prefix.\n\nList/watch requests for ClusterTrustBundles can filter on this field using a "
            + "`spec.signerName=NAME` field selector."),
    ];

    public static IReadOnlyList<object?> Cells(ClusterTrustBundle bundle) =>
        [bundle.Metadata.Name, bundle.Spec.SignerName.Length == 0 ? TableText.None : bundle.Spec.SignerName];
}
