namespace Petrel.Api.Resources;

/// <summary>A kind in whose conditions the server fills in the times that a client leaves out.</summary>
public interface IRecordsTimes
{
    ApiObject WithTimes(ApiObject old, DateTimeOffset now);
}
