using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ExecAction")]
public sealed partial record ExecAction
{
    /// <summary>Program and arguments, run in the container without a shell. Exit code 0 is success.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Command { get; init; }
}
