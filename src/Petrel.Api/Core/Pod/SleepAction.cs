using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.SleepAction")]
public sealed partial record SleepAction
{
    /// <summary>How long to wait.</summary>
    [Field(1, Required = true, Always = true)]
    public long Seconds { get; init; }
}
