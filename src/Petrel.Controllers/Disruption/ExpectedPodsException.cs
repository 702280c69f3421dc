namespace Petrel.Controllers.Disruption;

/// <summary>How many pods a group should have cannot be found out. The message says why, in upstream's words.</summary>
internal sealed class ExpectedPodsException(string message) : Exception(message);
